import type { Evidence } from '../../model/finding.ts';
import { message, type Message, type Text } from '../../model/text.ts';

/** One step of the way to a fact: a word of the glossary, where it has one, or the step as it stands. */
export type Step = { readonly word: Message; readonly raw: string };

/** Evidence as shown: the way to the fact in words, the pointer itself, and the value as it was seen. */
export type EvidenceView = {
  readonly steps: readonly Step[];
  readonly at: string;
  readonly saw: string;
  readonly because: Text;
};

const longest = 2000;

/** Evidence for the page; the value is cut so that a hostile answer cannot fill the report. */
export function evidenceView(evidence: Evidence): EvidenceView {
  return { steps: stepsOf(evidence.at), at: evidence.at, saw: seenValue(evidence.saw), because: evidence.because };
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

/** A value in JSON, except that text stands as it is. */
export function seenValue(saw: unknown): string {
  const text = typeof saw === 'string' ? saw : ((JSON.stringify(saw) as string | undefined) ?? '');
  return text.slice(0, longest);
}
