import { verdicts } from '../../model/assessment.ts';
import { outcomes, severities } from '../../model/check.ts';
import { failureCodes } from '../../model/failure.ts';
import { certainties } from '../../model/framework.ts';
import { dossierStates, levels } from '../../model/inventory/level-words.ts';
import { layerVerdicts } from '../../model/layer-status.ts';
import { message, type Message } from '../../model/text.ts';
import { plainTerms, termAnchor } from '../terms.ts';
import { severityWord } from './actions.ts';
import { layerMark } from './layer-mark.ts';
import { layerName } from './layers.ts';
import { outcomeMark, verdictMark, type Mark } from './mark.ts';
import { layerNumbers } from './report-index.ts';
import { failureWord } from './unseen.ts';

/** A mark or word and what it means; `anchor` is where links of other pages lead, null where none does. */
export type Meaning<T> = T & { readonly means: Message; readonly anchor: string | null };

type Word = Meaning<{ readonly word: Message }>;

/** How to read the report. */
export type GuidePage = {
  readonly minute: readonly Message[];
  readonly outcomes: readonly Meaning<Mark>[];
  readonly verdicts: readonly Meaning<Mark>[];
  readonly waived: readonly Meaning<Mark>[];
  readonly days: readonly Message[];
  readonly limits: readonly Message[];
  readonly levels: readonly Word[];
  readonly dossiers: readonly Word[];
  readonly layers: readonly Word[];
  readonly standings: readonly Meaning<Mark>[];
  readonly severities: readonly Word[];
  readonly failures: readonly Word[];
  readonly certainties: readonly Word[];
  readonly terms: readonly Word[];
};

const minute = [1, 2, 3, 4, 5] as const;
const days = ['seen', 'claim', 'due', 'law'] as const;
const limits = ['outside', 'version', 'moment', 'people', 'level', 'silence'] as const;

/** Words of the glossary that are explained among the report's own sentences; the others among the shell's. */
const inReport: ReadonlySet<string> = new Set([
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
]);

/** Every word the report uses, with its meaning. */
export function guidePage(): GuidePage {
  const meaning = <T extends object>(of: T, id: string, means: string): Meaning<T> => ({
    ...of,
    anchor: termAnchor(id),
    means: message(means),
  });
  return {
    minute: minute.map((n) => message(`shell.guide.minute-${n}`)),
    outcomes: outcomes.map((one) => meaning(outcomeMark(one), `outcome-${one}`, `report.means.outcome-${one}`)),
    verdicts: verdicts.map((one) => meaning(verdictMark(one), `verdict-${one}`, `report.means.verdict-${one}`)),
    waived: [meaning({ tone: 'waived', word: message('words.waived') }, 'waived', 'report.means.waived')],
    days: days.map((day) => message(`shell.guide.day-${day}`)),
    limits: limits.map((limit) => message(`report.limit.${limit}`)),
    levels: levels.map((one) =>
      meaning({ word: message(`words.level.${one}`) }, `level-${one}`, `shell.means.level-${one}`),
    ),
    dossiers: dossierStates.map((one) =>
      meaning({ word: message(`words.dossier.${one}`) }, `dossier-${one}`, `shell.means.dossier-${one}`),
    ),
    layers: layerNumbers.map((one) => meaning({ word: layerName(one) }, `layer-${one}`, `shell.means.layer-${one}`)),
    standings: layerVerdicts.map((one) => meaning(layerMark(one), `standing-${one}`, `shell.means.standing-${one}`)),
    severities: severities.map((one) =>
      meaning({ word: severityWord(one) }, `severity-${one}`, `report.means.severity-${one}`),
    ),
    failures: failureCodes.map((code) => ({
      word: failureWord(code),
      means: message(`words.failure-help.${code}`),
      anchor: null,
    })),
    certainties: certainties.map((one) =>
      meaning({ word: message(`words.certainty.${one}`) }, `certainty-${one}`, `report.means.certainty-${one}`),
    ),
    terms: plainTerms.map((term) => {
      const [words, means] = inReport.has(term) ? ['words', 'report'] : ['shell', 'shell'];
      return meaning({ word: message(`${words}.term.${term}`) }, term, `${means}.means.term-${term}`);
    }),
  };
}
