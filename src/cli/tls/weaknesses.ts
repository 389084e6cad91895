import { weaknessesOf, type Weakness } from '../../judge/view/tls-weaknesses.ts';
import { severities } from '../../model/check.ts';
import { tlsProtocols, type TlsFacts, type TlsProtocol } from '../../model/facts/tls.ts';
import { safeText } from '../safe-text.ts';
import { visibleWidth } from '../width.ts';
import { pad, type Page } from './page.ts';
import { protocolList } from './words.ts';

/** The known weaknesses: each one that is there with what shows it, then those that are not, then those not observed. */
export function printWeaknesses(page: Page, facts: TlsFacts): void {
  const { say, colors } = page;
  page.section('weaknesses');
  const all = weaknessesOf(facts);
  const there = all
    .filter(({ present }) => present === true)
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const name = ({ id }: Weakness) => say(`tls.weakness.${id}`);
  const grade = Math.max(0, ...there.map(({ severity }) => visibleWidth(say(`words.severity.${severity}`))));
  const width = Math.max(0, ...there.map((one) => visibleWidth(name(one))));
  for (const one of there) {
    const mark = one.severity === 'low' || one.severity === 'info' ? 'dated' : 'bad';
    const head = `  ${page.mark(mark)} ${pad(say(`words.severity.${one.severity}`), grade)}  ${pad(page.paint(mark, name(one)), width)}  `;
    page.wrapped(head, shownBy(page, one), colors.dim);
    page.why(`weakness.${one.id}`, 6 + grade);
  }
  const rest = (present: boolean | null) => all.filter((one) => one.present === present).map(name);
  const [absent, unseen] = [rest(false), rest(null)];
  if (absent.length > 0) page.wrapped(`  ${page.mark('good')} ${say('tls.weaknesses-absent')}: `, absent.join(', '));
  if (unseen.length > 0)
    page.wrapped(`  ${page.mark('unseen')} ${say('tls.weaknesses-unseen')}: `, unseen.join(', '), colors.dim);
}

/** Suites by how many and in which versions, anything else as it was seen. */
function shownBy({ say }: Page, { evidence }: Weakness): string {
  const protocolOf = (at: string) => tlsProtocols.find((protocol) => at.startsWith(`/protocols/${protocol}/suites/`));
  const suites = evidence.flatMap(({ at }) => protocolOf(at) ?? ([] as TlsProtocol[]));
  const others = evidence.filter(({ at }) => at.startsWith('/dh/')).map(({ saw }) => describeDh(saw));
  if (suites.length === 0) return safeText(others.join(', '));
  const count = new Set(evidence.filter(({ at }) => protocolOf(at) !== undefined).map(({ saw }) => saw)).size;
  const text = say('tls.weakness-by-suites', { protocols: protocolList(suites), count });
  return safeText([text, ...others].join(', '));
}

function describeDh(saw: unknown): string {
  const { bits, knownAs } = saw as { readonly bits: number; readonly knownAs: string | null };
  return `DH ${bits}${knownAs === null ? '' : ` (${knownAs})`}`;
}
