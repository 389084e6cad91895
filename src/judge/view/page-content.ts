import { Type, type Static } from '@sinclair/typebox';
import type { PageFacts } from '../../model/facts/page.ts';
import { failure } from '../../model/failure.ts';
import { closed, list, text } from '../../model/schema.ts';
import { hasHash, integrityFault } from './integrity.ts';
import { isHttps } from './own-host.ts';
import { baseOf, loadsCut, loadsOf, type Load } from './page-loads.ts';
import { assemble, seen, unseen, type Part } from './part.ts';
import { isSameSite } from './site-kin.ts';
import type { Derived } from './view.ts';

const loaded = Type.Object({ what: text(16), url: text(2048) }, closed);
const form = Type.Object({ action: text(2048), passwordField: Type.Boolean() }, closed);

/** What the page's own HTML comes to. A list is absent when it is empty only because the page was not read to its end. */
export const contentView = Type.Object(
  {
    /** Over http in a page over https, and able to change it. Empty where a policy sends such requests over https. */
    activeOverHttp: Type.Optional(list(loaded, 100)),
    /** Over http in a page over https, and only shown. */
    passiveOverHttp: Type.Optional(list(loaded, 100)),
    /** Other sites that the page loads from, each with what it loads. */
    thirdParties: Type.Optional(list(Type.Object({ origin: text(300), loads: text(256) }, closed), 100)),
    /** Scripts and style sheets that a browser was asked to check. */
    pinned: Type.Optional(Type.Boolean()),
    /** Scripts and style sheets of other sites that run whatever those sites send. */
    unpinned: Type.Optional(list(loaded, 100)),
    /** `integrity` attributes that do not work. */
    integrityFaults: Type.Optional(
      list(Type.Object({ url: text(2048), integrity: text(1024), fault: integrityFault }, closed), 100),
    ),
    /** Forms of a page over https that are sent in clear. */
    formsInClear: Type.Optional(list(form, 30)),
    /** Forms with a password. */
    passwordForms: Type.Optional(
      list(Type.Object({ action: text(2048), inClear: Type.Boolean(), otherSite: Type.Boolean() }, closed), 30),
    ),
    /** Where `<meta http-equiv="refresh">` leads, other than to the page itself. */
    refreshes: Type.Optional(list(Type.Object({ to: text(2048), overHttp: Type.Boolean() }, closed), 30)),
  },
  closed,
);
export type Content = Static<typeof contentView>;

/** Derives it from a page and the URL it came from. `upgrades`: a policy sends its requests over https. */
export function contentOf(page: PageFacts, cut: boolean, pageUrl: string, upgrades: boolean): Derived<Content> {
  const loads = loadsOf(page, pageUrl);
  const overHttps = isHttps(pageUrl);
  const host = new URL(pageUrl).hostname;
  const known = <T>(found: readonly T[], more: boolean): Part<T[]> =>
    found.length === 0 && (more || cut)
      ? unseen(failure('too-large', 'the page was not read to its end'))
      : seen(found.slice(0, 100));
  const inClear = upgrades ? [] : loads.filter(({ url }) => overHttps && url.protocol === 'http:');
  const others = loads.filter(({ url }) => !isSameSite(url.hostname, host));
  const notRead = failure('too-large', 'the page was not read to its end');
  const checkable = loads.filter(({ integrity }) => integrity !== undefined);
  const pinned = checkable.some(({ integrity }) => integrity !== null);
  const forms = formsOf(page, pageUrl, upgrades);
  const clearForms = forms.filter((one) => overHttps && one.inClear);
  return assemble<Content>('/http/page/content', {
    activeOverHttp: known(inClear.filter(({ kind }) => kind === 'active').map(shown), loadsCut(page)),
    passiveOverHttp: known(inClear.filter(({ kind }) => kind === 'passive').map(shown), loadsCut(page)),
    thirdParties: known(byOrigin(others), loadsCut(page)),
    pinned: pinned || !(cut || page.scriptsCut || page.linksCut) ? seen(pinned) : unseen(notRead),
    unpinned: known(
      others.filter(({ integrity }) => integrity !== undefined && !hasHash(integrity ?? '')).map(shown),
      page.scriptsCut || page.linksCut,
    ),
    integrityFaults: known(faultsOf(checkable, pageUrl), page.scriptsCut || page.linksCut),
    formsInClear: known(
      clearForms.map(({ action, passwordField }) => ({ action, passwordField })),
      page.formsCut,
    ),
    passwordForms: known(
      forms
        .filter(({ passwordField }) => passwordField)
        .map(({ action, inClear: clear }) => ({
          action,
          inClear: clear,
          otherSite: !isSameSite(URL.parse(action)?.hostname ?? host, host),
        })),
      page.formsCut,
    ),
    refreshes: known(refreshesOf(page, pageUrl), page.metasCut),
  });
}

const shown = ({ what, url }: Load) => ({ what, url: url.href.slice(0, 2048) });

function byOrigin(loads: readonly Load[]): { origin: string; loads: string }[] {
  const origins = new Map<string, Set<string>>();
  for (const { url, what } of loads) origins.set(url.origin, (origins.get(url.origin) ?? new Set()).add(what));
  return [...origins]
    .map(([origin, whats]) => ({ origin: origin.slice(0, 300), loads: [...whats].join(', ').slice(0, 256) }))
    .slice(0, 100);
}

/** A check of another origin's file needs CORS; without it the browser loads nothing (SRI, 3.5). */
function faultsOf(loads: readonly Load[], pageUrl: string): NonNullable<Content['integrityFaults']> {
  return loads.flatMap(({ url, integrity, crossOrigin }) => {
    if (integrity === null || integrity === undefined || integrity === '') return [];
    const foreign = url.origin !== new URL(pageUrl).origin;
    const fault = !hasHash(integrity) ? 'malformed' : foreign && crossOrigin === null ? 'no-cors' : null;
    return fault === null ? [] : [{ url: url.href.slice(0, 2048), integrity, fault } as const];
  });
}

/** Forms with the URL they are sent to; `upgrade-insecure-requests` holds for forms too. */
function formsOf(page: PageFacts, pageUrl: string, upgrades: boolean) {
  const base = baseOf(page, pageUrl);
  return page.forms.flatMap(({ action, passwordField }) => {
    const url = action === null ? new URL(pageUrl) : URL.parse(action, base);
    if (url === null || !/^https?:$/.test(url.protocol)) return [];
    const inClear = url.protocol === 'http:' && !(upgrades && isHttps(pageUrl));
    return [{ action: url.href.slice(0, 2048), passwordField, inClear }];
  });
}

/** HTML, 4.2.5.3: seconds, then perhaps `url=` and a URL. */
function refreshesOf(page: PageFacts, pageUrl: string): { to: string; overHttp: boolean }[] {
  const base = baseOf(page, pageUrl);
  return page.metas
    .filter(({ httpEquiv, name }) => httpEquiv && name === 'refresh')
    .flatMap(({ content }) => {
      const written = /^\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?["']?([^"']{1,1024})/i.exec(content)?.[1]?.trim() ?? '';
      const to = written === '' ? null : URL.parse(written, base);
      return to === null || to.href === pageUrl
        ? []
        : [{ to: to.href.slice(0, 2048), overHttp: to.protocol === 'http:' }];
    });
}
