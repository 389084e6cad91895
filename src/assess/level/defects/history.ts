import type { Classification } from '../../../model/inventory/classification.ts';
import type { LevelDefect } from '../../../model/level.ts';
import { defect, type Looked } from './looked.ts';

/** The history against what is claimed now, and days that have not come yet. */
export function historyDefects({ classification, onDay }: Looked): readonly LevelDefect[] {
  const history = classification.history ?? [];
  const level = history.findLast((one) => one.level !== undefined)?.level;
  const dossier = history.findLast((one) => one.dossier !== undefined)?.dossier;
  const back = history.find((one, index) => index > 0 && one.on < (history[index - 1]?.on ?? ''));
  return [
    ...(level !== undefined && level !== classification.level
      ? [defect('history-level', 'medium', { history: level, claimed: classification.level })]
      : []),
    ...(dossier !== undefined && dossier !== classification.dossier ? [defect('history-state', 'low')] : []),
    ...(back === undefined ? [] : [defect('history-order', 'low', { day: back.on })]),
    ...history
      .filter((one) => one.dossier === 'da-phe-duyet' && one.document === undefined)
      .map(({ on, by }) => defect('history-undocumented', 'low', { day: on, by })),
    ...doneDays(classification)
      .filter(([, day]) => day > onDay)
      .map(([what, day]) => defect('future-day', 'medium', { what, day })),
  ];
}

/** Days of things said to be done, by the name of their field. */
function doneDays(classification: Classification): readonly (readonly [string, string])[] {
  const { decision, regulation, submitted, returned, accepted, appraisal, approvalReceived } = classification;
  const days: readonly (readonly [string, string | undefined])[] = [
    ['decision', decision?.date],
    ['regulation', regulation?.date],
    ['submitted', submitted],
    ['returned', returned],
    ['accepted', accepted],
    ['appraisal', appraisal?.document.date],
    ['appraisal.council', appraisal?.council?.date],
    ['approvalReceived', approvalReceived],
    ['redetermine', classification.redetermine?.since],
    ['operation', classification.operation?.since],
    ['nationalSecurityList', classification.nationalSecurityList?.document?.date],
    ...Object.entries(classification.documents ?? {}).map(([part, { date }]) => [`documents.${part}`, date] as const),
    ...(classification.inspections ?? []).map(({ document }) => ['inspections', document.date] as const),
    ...(classification.history ?? []).map(({ on }) => ['history', on] as const),
  ];
  return days.flatMap(([what, day]) => (day === undefined ? [] : [[what, day] as const]));
}
