import { verdicts } from '../../model/assessment.ts';
import { outcomes, severities } from '../../model/check.ts';
import { failureCodes } from '../../model/failure.ts';
import { certainties } from '../../model/framework.ts';
import { message, type Message } from '../../model/text.ts';
import { outcomeMark, verdictMark, type Mark } from './mark.ts';
import { failureWord } from './unseen.ts';
import { severityWord } from './actions.ts';

/** A mark or word and what it means. */
export type Meaning<T> = T & { readonly means: Message };

/** How to read the report. */
export type GuidePage = {
  readonly outcomes: readonly Meaning<Mark>[];
  readonly verdicts: readonly Meaning<Mark>[];
  readonly waived: readonly Meaning<Mark>[];
  readonly severities: readonly Meaning<{ readonly word: Message }>[];
  readonly certainties: readonly Meaning<{ readonly word: Message }>[];
  readonly failures: readonly Meaning<{ readonly word: Message }>[];
  readonly limits: readonly Message[];
  readonly terms: readonly Meaning<{ readonly word: Message }>[];
};

const terms = [
  'check',
  'finding',
  'evidence',
  'claim',
  'run',
  'target',
  'coverage',
  'waiver',
  'owner',
  'operator',
  'level',
  'specialised-unit',
  'zone',
  'authorisation',
] as const;

const limits = ['outside', 'version', 'moment', 'people', 'level', 'silence'] as const;

/** Every word the report uses, with its meaning. */
export function guidePage(): GuidePage {
  return {
    outcomes: outcomes.map((outcome) => ({
      ...outcomeMark(outcome),
      means: message(`report.means.outcome-${outcome}`),
    })),
    verdicts: verdicts.map((verdict) => ({
      ...verdictMark(verdict),
      means: message(`report.means.verdict-${verdict}`),
    })),
    waived: [{ tone: 'waived', word: message('words.waived'), means: message('report.means.waived') }],
    severities: severities.map((severity) => ({
      word: severityWord(severity),
      means: message(`report.means.severity-${severity}`),
    })),
    certainties: certainties.map((certainty) => ({
      word: message(`words.certainty.${certainty}`),
      means: message(`report.means.certainty-${certainty}`),
    })),
    failures: failureCodes.map((code) => ({ word: failureWord(code), means: message(`words.failure-help.${code}`) })),
    limits: limits.map((limit) => message(`report.limit.${limit}`)),
    terms: terms.map((term) => ({ word: message(`words.term.${term}`), means: message(`report.means.term-${term}`) })),
  };
}
