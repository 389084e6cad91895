import type { Suite, TlsFacts, TlsProtocol } from '../../model/facts/tls.ts';
import { safeText } from '../safe-text.ts';
import { visibleWidth } from '../width.ts';
import { clip, pad, plainWidth, type Mark, type Page } from './page.ts';
import { strengthOf, suiteNotes, type SuiteNote, type SuiteStrength } from './strength.ts';
import { newestFirst, protocolList } from './words.ts';

type Group = {
  readonly protocols: readonly TlsProtocol[];
  readonly suites: readonly Suite[];
  readonly order?: 'server' | 'client';
};

const marks: Readonly<Record<SuiteStrength['strength'], Mark>> = {
  good: 'good',
  dated: 'dated',
  broken: 'bad',
  unknown: 'unseen',
};

/** The accepted suites in the order in which the server chose them; versions with the same list share one. */
export function printSuites(page: Page, facts: TlsFacts): void {
  const groups = groupsOf(facts);
  if (groups.length === 0) return;
  page.section('suites');
  page.line(`  ${legend(page)}`);
  const met = new Set<SuiteNote | 'strong'>();
  for (const { protocols, suites, order } of groups) {
    page.line();
    const who = order === undefined ? '' : page.colors.dim(` · ${page.say(`tls.order.${order}`)}`);
    page.line(`  ${page.colors.bold(protocolList(protocols))}${who}`);
    // Beside the name stand the mark, the code and the length of the key, 17 columns.
    const room = Math.min(page.width - 17, Math.max(...suites.map(({ name }) => name.length)));
    for (const suite of suites) {
      const strength = strengthOf(protocols[0] ?? 'TLSv1.3', suite);
      for (const note of strength.notes) met.add(note);
      if (strength.strength === 'good') met.add('strong');
      printSuite(page, suite, strength, room);
    }
  }
  if (!page.explain) return;
  page.line();
  if (met.has('strong')) page.why('strong', 2);
  for (const note of suiteNotes) if (met.has(note)) page.why(`note.${note}`, 2);
  page.why('order', 2);
}

function printSuite(page: Page, { code, name }: Suite, strength: SuiteStrength, room: number): void {
  const { notes, bits } = strength;
  const mark = marks[strength.strength];
  const length = (bits === undefined ? '' : String(bits)).padStart(3);
  const head = `  ${page.mark(mark)} ${page.colors.dim(code.slice(2))}  ${pad(clip(safeText(name), room), room)} ${length}  `;
  const words = fitting(
    notes.map((note) => page.say(`tls.note.${note}`)),
    page.width - plainWidth(head),
  );
  page.line(`${head}${page.paint(mark, words)}`.trimEnd());
}

/** As many reasons, gravest first, as there is room for. */
function fitting(words: readonly string[], room: number): string {
  let kept = '';
  for (const word of words) {
    const next = kept === '' ? word : `${kept}, ${word}`;
    if (visibleWidth(next) > room) break;
    kept = next;
  }
  return kept;
}

function legend({ say, mark }: Page): string {
  return (['good', 'dated', 'broken'] as const)
    .map((one) => `${mark(marks[one])} ${say(`tls.suites.legend.${one}`)}`)
    .join('   ');
}

function groupsOf({ protocols }: TlsFacts): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const protocol of newestFirst) {
    const { offered = false, suites = [], order } = protocols[protocol] ?? {};
    if (!offered || suites.length === 0) continue;
    const key = JSON.stringify([suites.map(({ code }) => code), order]);
    const known = groups.get(key)?.protocols ?? [];
    groups.set(key, { protocols: [...known, protocol], suites, ...(order === undefined ? {} : { order }) });
  }
  return [...groups.values()];
}
