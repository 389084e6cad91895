import type { Inventory, System } from '../../model/inventory.ts';
import { regimes, type Level, type Regime } from '../../model/inventory/level-words.ts';
import type { LevelBook } from '../../model/level-law.ts';
import type { ExtraState, LevelAnswer, SystemLevel } from '../../model/level.ts';
import { deadlinesOf } from './deadlines.ts';
import { decideLevel } from './decide.ts';
import { defectsOf, neverClassified } from './defects/defects.ts';
import { dueOf } from './due.ts';
import { factsOf } from './facts.ts';
import { actsOf, missingParts, procedureLevel, type Organisations } from './procedure.ts';
import { questionsOf, type Seen } from './questions.ts';
import { lawOf, regimeOf } from './regime.ts';
import { workingDays } from './working-days.ts';

/** What levels are explained by. */
export type LevelContext = {
  readonly inventory: Pick<Inventory, 'organisations'>;
  readonly book: LevelBook;
  /** `YYYY-MM-DD` in Viet Nam. */
  readonly onDay: string;
};

/** Column 6 of Mẫu 08 word for word; the only states it knows. */
const officialWords = {
  'chua-lap': null,
  'dang-du-thao': 'Đang dự thảo',
  'da-gui-tham-dinh': 'Đã gửi thẩm định',
  'da-tham-dinh': 'Đã thẩm định',
  'da-phe-duyet': 'Đã được phê duyệt',
} as const;

/** Explains levels of systems of one inventory by one book on one day. */
export function createExplainer({ inventory, book, onDay }: LevelContext) {
  const organisations: Organisations = new Map(inventory.organisations.map((one) => [one.id, one]));
  const days = workingDays(book.calendars);

  /** `asked`: under this regime instead of the one that the system stands under on the day. */
  return (system: System, asked?: Regime, seen?: Seen): SystemLevel => {
    const own = regimeOf(system, onDay, book);
    const regime = asked ?? own;
    const facts = factsOf(system);
    const answers = [regime, ...regimes.filter((one) => one !== regime)].flatMap((one) => {
      const law = lawOf(book, one);
      return law === undefined ? [] : [decideLevel(law, facts)];
    });
    const law = lawOf(book, regime);
    const answer = answers.find((one) => one.regime === regime);
    const { classification } = system;
    const claimed = classification?.level ?? null;
    const level = Math.max(claimed ?? 0, answer?.level ?? 0) as Level | 0;
    const acts = law === undefined || level === 0 ? undefined : actsOf(law, system, organisations, level);
    const at = law === undefined || level === 0 ? undefined : procedureLevel(law, system, level);
    const deadlines = law === undefined || at === undefined ? [] : deadlinesOf(law, system, at, days, onDay);
    const newer = answers.find((one) => one.regime === 'nd-331-2026');
    const looked = { system, regime, law, answer, acts, organisations, deadlines, book, onDay };
    return {
      system: system.id,
      regime,
      onDay,
      claimed,
      answers,
      agrees: agreement(claimed, answer),
      kept:
        own === 'nd-85-2016' &&
        classification?.dossier === 'da-phe-duyet' &&
        claimed !== null &&
        (newer?.level ?? 0) > claimed,
      appraiser: acts?.appraiser ?? null,
      approver: acts?.approver ?? null,
      independence: acts?.unitOperates === true ? (law?.independence ?? null) : null,
      forms: acts?.procedure.forms ?? [],
      ...(acts?.procedure.note === undefined ? {} : { note: acts.procedure.note }),
      deadlines,
      due: dueOf(system, regime, deadlines, book, days, onDay),
      official: classification === undefined ? null : officialWords[classification.dossier],
      extra: extraState(system),
      missing: law === undefined || at === undefined ? [] : missingParts(law, system, at),
      defects: classification === undefined ? neverClassified() : defectsOf({ ...looked, classification }),
      questions: seen === undefined ? [] : questionsOf(system, answer, seen),
    };
  };
}

function agreement(claimed: Level | null, answer: LevelAnswer | undefined): SystemLevel['agrees'] {
  if (claimed === null) return 'not-claimed';
  if (answer?.level == null) return 'open';
  if (claimed === answer.level) return 'yes';
  if (claimed < answer.level) return 'below';
  return answer.undecided.some(({ level }) => level >= claimed) ? 'open' : 'above';
}

/** What Mẫu 08 has no word for: not begun, sent back (Đ23.2), to be determined again (Đ25). */
function extraState({ classification }: System): ExtraState | null {
  if (classification === undefined || classification.dossier === 'chua-lap') return 'chua-lap';
  if (classification.redetermine !== undefined) return 'phai-xac-dinh-lai';
  const { returned, submitted, accepted, dossier } = classification;
  const back = returned !== undefined && returned >= (submitted ?? '') && returned >= (accepted ?? '');
  return back && dossier !== 'da-tham-dinh' && dossier !== 'da-phe-duyet' ? 'tra-lai-bo-sung' : null;
}
