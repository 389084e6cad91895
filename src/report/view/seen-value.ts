import type { Evidence } from '../../model/finding.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { groupBy } from './report-index.ts';

/** One step of the way to a fact: a word of the glossary, where it has one, or the step as it stands. */
export type Step = { readonly word: Message; readonly raw: string };

/** Evidence as shown: why it matters, and each value that says so with the way to it in words and its pointer. */
export type EvidenceView = {
  readonly because: Text;
  readonly seen: readonly { readonly steps: readonly Step[]; readonly at: string; readonly saw: string }[];
};

const longest = 2000;

/** Evidence for the page, by reason; values are cut so that a hostile answer cannot fill the report. */
export function evidenceViews(evidence: readonly Evidence[]): readonly EvidenceView[] {
  return [...groupBy(evidence, ({ because }) => because.vi)].flatMap(([, same]) => {
    const because = same[0]?.because;
    if (because === undefined) return [];
    return [
      {
        because,
        seen: suitesByName(same) ?? same.map(({ at, saw }) => ({ steps: stepsOf(at), at, saw: seenValue(saw) })),
      },
    ];
  });
}

/** Cipher suites, when all of it is suites: each once, with the versions that accept it. */
function suitesByName(evidence: readonly Evidence[]): EvidenceView['seen'] | undefined {
  const suites = evidence.flatMap(({ at, saw }) =>
    isSuite(saw) ? [{ at, name: saw.name, protocol: saw.protocol }] : [],
  );
  if (suites.length < evidence.length) return undefined;
  return [...groupBy(suites, ({ name }) => name)].map(([name, same]) => {
    const at = same[0]?.at ?? '';
    const versions = same.map(({ protocol }) => protocol).join(', ');
    return { steps: stepsOf(at.replace(/\/\d+$/, '')), at, saw: `${name} (${versions})`.slice(0, longest) };
  });
}

function isSuite(saw: unknown): saw is { readonly name: string; readonly protocol: string } {
  if (saw === null || typeof saw !== 'object') return false;
  const { code, name, protocol } = saw as Readonly<Record<string, unknown>>;
  return typeof code === 'string' && typeof name === 'string' && typeof protocol === 'string';
}

/** The steps of a JSON pointer (RFC 6901). */
export function stepsOf(pointer: string): readonly Step[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((raw) => ({
      word: isIndex(raw) ? message('report.findings.item', { n: Number(raw) + 1 }) : message(`words.fact.${raw}`),
      raw,
    }));
}

function isIndex(step: string): boolean {
  return /^\d{1,6}$/.test(step);
}

/** Text as it stands, a flat object as `name: value, …`, anything else in JSON. */
export function seenValue(saw: unknown): string {
  if (typeof saw === 'string') return saw.slice(0, longest);
  if (isFlat(saw)) {
    return Object.entries(saw)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(', ')
      .slice(0, longest);
  }
  return ((JSON.stringify(saw) as string | undefined) ?? '').slice(0, longest);
}

function isFlat(saw: unknown): saw is Readonly<Record<string, unknown>> {
  if (saw === null || typeof saw !== 'object' || Array.isArray(saw)) return false;
  return Object.values(saw).every((value) => value === null || typeof value !== 'object');
}
