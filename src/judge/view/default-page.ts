import { Type, type Static } from '@sinclair/typebox';
import type { Chain } from '../../model/facts/http.ts';
import { closed, text } from '../../model/schema.ts';
import type { OwnHost } from './own-host.ts';
import { chainFailure } from './page.ts';
import { seen, unseen, type Part } from './part.ts';

/** The page that a product shows until a site is put in its place. */
export const defaultPageView = Type.Object({ url: text(2048), product: text(64), title: text(512) }, closed);
export type DefaultPage = Static<typeof defaultPageView>;

/** Titles of such pages, word for word. */
const titles: readonly (readonly [RegExp, string])[] = [
  [/^welcome to nginx( on [\w ]+)?!?$/i, 'nginx'],
  [/^test page for the nginx http server/i, 'nginx'],
  [/^apache2 (debian|ubuntu) default page: it works$/i, 'Apache'],
  [/^(apache http server|http server) test page( powered by .{1,40}| for the .{1,40})?$/i, 'Apache'],
  [/^test page for the (apache )?http server/i, 'Apache'],
  [/^iis windows( server)?$/i, 'IIS'],
  [/^iis ?\d{1,2}(\.\d)?$/i, 'IIS'],
  [/^microsoft internet information services \d/i, 'IIS'],
  [/^apache tomcat(\/\d[\w.]{0,20})?$/i, 'Tomcat'],
  [/^welcome to (jboss|wildfly)/i, 'WildFly'],
  [/^(glassfish|payara) server - server running$/i, 'GlassFish'],
  [/^(welcome to )?xampp( .{0,40})?$/i, 'XAMPP'],
  [/^wampserver homepage$/i, 'WampServer'],
  [/^default (parallels plesk|plesk) (panel )?page$/i, 'Plesk'],
  [/^web server's default page$/i, 'Plesk'],
  [/^welcome to caddy$/i, 'Caddy'],
  [/^home - liferay( dxp| portal)?( .{0,20})?$/i, 'Liferay'],
];

/** Null: the page that a visitor ends on is another. Its proof is its title, so a page whose body was not read tells nothing. */
export function defaultPageOf(chain: Chain | undefined, own: OwnHost): Part<DefaultPage | null> {
  const part = ownTitle(chain, own);
  if (!('seen' in part)) return part;
  const { url, title } = part.seen;
  const product = titles.find(([pattern]) => pattern.test(title))?.[1];
  return seen(product === undefined ? null : { url, product, title });
}

/** The listing of a folder in the place of the page, by the titles that servers give it. */
export function listedPageOf(chain: Chain | undefined, own: OwnHost): string | null {
  const part = ownTitle(chain, own);
  if (!('seen' in part)) return null;
  const { url, title } = part.seen;
  return /^(index of \/|directory listing for \/|directory listing for \[\/)/i.test(title) ? url : null;
}

function ownTitle(chain: Chain | undefined, own: OwnHost): Part<{ readonly url: string; readonly title: string }> {
  const last = chain?.hops.at(-1);
  if (chain === undefined || last === undefined || chain.end !== 'answer' || chain.body === undefined)
    return unseen(chainFailure(chain ?? { start: '', hops: [], end: 'answer' }));
  if (!own.isSite(last.url)) return seen({ url: last.url, title: '' });
  const title = chain.body.title?.trim() ?? '';
  const known = titles.some(([pattern]) => pattern.test(title));
  const challenge = own.challengeIn(last, chain.body);
  // Some of these pages come with 403, as where Apache's test page stands in for a listing that is forbidden.
  return challenge === null || known ? seen({ url: last.url, title }) : unseen(challenge);
}
