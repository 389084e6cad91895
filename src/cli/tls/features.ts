import type { TlsFacts, TlsFeatures } from '../../model/facts/tls.ts';
import { safeText } from '../safe-text.ts';
import { visibleWidth } from '../width.ts';
import { pad, type Mark, type Page } from './page.ts';

type Feature = { readonly key: string; readonly mark: Mark; readonly value: string };

/** What the server does beside versions and suites, as far as it was seen. */
export function printFeatures(page: Page, facts: TlsFacts): void {
  const features = featuresOf(page, facts);
  if (features.length === 0) return;
  page.section('features');
  const label = ({ key }: Feature) => page.say(`tls.feature.${key}`);
  const width = Math.max(...features.map((one) => visibleWidth(label(one)))) + 2;
  const dye = (one: Feature) => (text: string) => (one.mark === 'plain' ? text : page.paint(one.mark, text));
  const head = (one: Feature) => `  ${page.mark(one.mark)} ${pad(label(one), width)}`;
  const half = Math.floor(page.width / 2);
  const isShort = ({ value }: Feature) => 4 + width + visibleWidth(value) < half;
  // Two columns where there is room for them and nothing to say between the lines.
  const paired = page.explain || page.width < 100 ? [] : features.filter(isShort);
  const rows = Math.ceil(paired.length / 2);
  for (const [index, one] of paired.slice(0, rows).entries()) {
    const beside = paired[index + rows];
    const left = `${head(one)}${dye(one)(one.value)}`;
    page.line(beside === undefined ? left : `${pad(left, half)}${head(beside)}${dye(beside)(beside.value)}`);
  }
  for (const one of features.filter((feature) => !paired.includes(feature))) {
    page.wrapped(head(one), one.value, dye(one));
    page.why(`feature.${one.key}`, 4 + width);
  }
}

function featuresOf(
  { say }: Page,
  { features = {}, clientCertificate, fingerprint, jarm, protocols }: TlsFacts,
): readonly Feature[] {
  const found: Feature[] = [];
  const yesNo = (saw: boolean) => say(saw ? 'tls.value.yes' : 'tls.value.no');
  const flag = (key: keyof TlsFeatures, saw: boolean | undefined, yes: Mark, no: Mark) => {
    if (saw !== undefined) found.push({ key, mark: saw ? yes : no, value: yesNo(saw) });
  };
  const list = (key: string, saw: readonly string[] | undefined, some: Mark, none: Mark) => {
    if (saw === undefined) return;
    const value = saw.length === 0 ? say('tls.value.none') : safeText(saw.join(', '));
    found.push({ key, mark: saw.length === 0 ? none : some, value });
  };
  const f = features;
  // Without a lower version there is nothing to fall back to.
  const several = Object.values(protocols).filter((one) => one.offered).length > 1;
  flag('secureRenegotiation', f.secureRenegotiation, 'good', 'bad');
  flag('clientRenegotiation', f.clientRenegotiation, 'dated', 'good');
  list('compression', f.compression, 'bad', 'good');
  flag('fallbackScsv', f.fallbackScsv, 'good', several ? 'dated' : 'plain');
  flag('extendedMasterSecret', f.extendedMasterSecret, 'good', 'dated');
  flag('encryptThenMac', f.encryptThenMac, 'good', 'plain');
  flag('heartbeat', f.heartbeat, 'dated', 'good');
  flag('sessionIdResumption', f.sessionIdResumption, 'plain', 'plain');
  flag('ticketResumption', f.ticketResumption, 'plain', 'plain');
  flag('pskResumption', f.pskResumption, 'plain', 'plain');
  if (f.ticketLifetime !== undefined) {
    const value =
      f.ticketLifetime >= 3600
        ? say('tls.value.hours', { hours: Math.round(f.ticketLifetime / 3600) })
        : say('tls.value.seconds', { seconds: f.ticketLifetime });
    found.push({ key: 'ticketLifetime', mark: f.ticketLifetime > 7 * 86_400 ? 'dated' : 'plain', value });
  }
  if (f.earlyData !== undefined) {
    const value = f.earlyData === 0 ? say('tls.value.no') : say('tls.value.bytes', { bytes: f.earlyData });
    found.push({ key: 'earlyData', mark: f.earlyData === 0 ? 'good' : 'dated', value });
  }
  list('alpn', f.alpn, 'plain', 'plain');
  if (f.intolerance !== undefined) {
    const stumbles = f.intolerance.length > 0;
    const value = stumbles
      ? say('tls.value.stumbles', { over: safeText(f.intolerance.join(', ')) })
      : say('tls.value.yes');
    found.push({ key: 'intolerance', mark: stumbles ? 'bad' : 'good', value });
  }
  flag('needsName', f.needsName, 'plain', 'plain');
  if (clientCertificate !== undefined) {
    const { requested, required, authorities } = clientCertificate;
    const word = !requested
      ? say('tls.value.no')
      : say(required === true ? 'tls.value.required' : 'tls.value.requested');
    const names = authorities.slice(0, 5).map((name) => safeText(name, 120));
    const more = authorities.length > 5 ? [say('tls.more', { count: authorities.length - 5 })] : [];
    found.push({ key: 'clientCertificate', mark: 'plain', value: [word, ...names, ...more].join('; ') });
  }
  if (fingerprint !== undefined) {
    found.push({ key: 'fingerprint', mark: 'plain', value: safeText(fingerprint.value) });
  }
  if (jarm !== undefined) found.push({ key: 'jarm', mark: 'plain', value: safeText(jarm) });
  return found;
}
