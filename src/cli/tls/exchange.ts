import type { DhParameters, NamedCode, TlsFacts, TlsProtocol } from '../../model/facts/tls.ts';
import { safeText } from '../safe-text.ts';
import { pad, type Mark, type Page } from './page.ts';
import { protocolList } from './words.ts';

/** Groups of key exchange, DH parameters and signature schemes, as far as they were seen. */
export function printExchange(page: Page, { groups, dh, signatureAlgorithms }: TlsFacts): void {
  if (groups === undefined && dh === undefined && signatureAlgorithms === undefined) return;
  page.section('exchange');
  if (groups !== undefined) printNamed(page, 'groups', groups, groupMark);
  if (dh !== undefined) printDh(page, dh);
  if (signatureAlgorithms !== undefined) printNamed(page, 'signatures', signatureAlgorithms, signatureMark);
}

type Named = { readonly name: string; readonly protocols: readonly TlsProtocol[] };

/** Each name once, with the versions that take it, in the order of the newest. */
function joined(eras: NonNullable<TlsFacts['groups']>): readonly Named[] {
  const names = new Map<string, TlsProtocol[]>();
  for (const era of ['TLSv1.3', 'TLSv1.2'] as const) {
    for (const { name } of eras[era]?.supported ?? ([] as readonly NamedCode[])) {
      names.set(name, [...(names.get(name) ?? []), era]);
    }
  }
  return [...names].map(([name, protocols]) => ({ name, protocols }));
}

/** One line for each set of versions and each mark, so that what is weak stands out and the rest stays short. */
function printNamed(
  page: Page,
  key: 'groups' | 'signatures',
  eras: NonNullable<TlsFacts['groups']>,
  markOf: (name: string) => Mark,
): void {
  page.line(`  ${page.say(`tls.exchange.${key}`)}`);
  page.why(key, 4);
  const rows = Map.groupBy(joined(eras), ({ name, protocols }) => `${markOf(name)} ${protocolList(protocols)}`);
  for (const same of rows.values()) {
    const mark = markOf(same[0]?.name ?? '');
    const versions = protocolList(same[0]?.protocols ?? []);
    const names = same.map(({ name }) =>
      isPostQuantum(name) ? `${name} (${page.say('tls.exchange.post-quantum')})` : name,
    );
    page.wrapped(`    ${page.mark(mark)} ${pad(versions, 12)}  `, safeText(names.join(', '), 4000), (text) =>
      mark === 'good' ? text : page.paint(mark, text),
    );
  }
}

const isPostQuantum = (name: string) => /MLKEM|KYBER/i.test(name);

/** Under 112 bits of security (NIST SP 800-57): curves of less than 224 bits, finite fields of less than 2,048. */
function groupMark(name: string): Mark {
  const curve = /^(?:sect|secp)(\d+)/i.exec(name)?.[1];
  if (curve !== undefined && Number(curve) < 224 && !/MLKEM/i.test(name)) return 'bad';
  return 'good';
}

function signatureMark(name: string): Mark {
  if (/md5/i.test(name)) return 'bad';
  return /sha1$|dsa_sha224|_sha224$/i.test(name) ? 'dated' : 'good';
}

function printDh(page: Page, dh: readonly DhParameters[]): void {
  const { say } = page;
  if (dh.length === 0) {
    page.line(`  ${say('tls.exchange.dh')}`);
    page.line(`    ${page.mark('plain')} ${page.colors.dim(say('tls.exchange.dh-none'))}`);
    return;
  }
  page.line(`  ${say('tls.exchange.dh')}`);
  page.why('dh', 4);
  for (const [text, same] of Map.groupBy(dh, ({ bits, knownAs }) =>
    say('tls.exchange.dh-value', { bits, known: knownAs ?? say('tls.exchange.dh-own') }),
  )) {
    const bits = Math.min(...same.map((one) => one.bits));
    const mark: Mark = bits >= 2048 ? 'good' : 'bad';
    page.line(
      `    ${page.mark(mark)} ${pad(protocolList(same.map(({ protocol }) => protocol)), 12)}  ${safeText(text)}`,
    );
  }
}
