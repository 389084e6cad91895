import type { LevelDefect } from '../../../model/level.ts';
import { message } from '../../../model/text.ts';
import { missingParts, procedureLevel } from '../procedure.ts';
import { defect, sent, type Looked } from './looked.ts';

/** The appraisal and the dossier: who appraised, what is missing, dates that run backwards, terms passed. */
export function dossierDefects(looked: Looked): readonly LevelDefect[] {
  return [...appraiser(looked), ...parts(looked), ...order(looked), ...overdue(looked), ...assessor(looked)];
}

function appraiser({ classification, system, law, acts, organisations }: Looked): readonly LevelDefect[] {
  const { appraisal } = classification;
  if (appraisal?.by === undefined || acts === undefined) return [];
  const name = organisations.get(appraisal.by)?.name ?? appraisal.by;
  if (law?.independence !== undefined && appraisal.by === system.operator && appraisal.council === undefined) {
    return [defect('appraiser-operates', 'high', { name }, law.independence.article)];
  }
  const { authority, organisation, article } = acts.appraiser;
  if (authority === 'specialised-unit') {
    // Where the unit may not appraise, another or a council does.
    const other = organisation !== undefined && appraisal.by !== organisation && !acts.unitOperates;
    return other ? [defect('appraiser-not-unit', 'high', { name }, article)] : [];
  }
  const central = organisations.get(appraisal.by)?.kind === 'trung-uong';
  return central ? [] : [defect('appraiser-not-ministry', 'critical', { name }, article)];
}

function parts({ classification, law, answer, system }: Looked): readonly LevelDefect[] {
  if (law === undefined || !sent(classification)) return [];
  const level = procedureLevel(
    law,
    system,
    Math.max(classification.level, answer?.level ?? 1) as typeof classification.level,
  );
  const missing = missingParts(law, system, level);
  const found: LevelDefect[] = [];
  // An approval has its decision; of an appraisal alone the opinion is all there is.
  const opinion = missing.find(({ part }) => part === 'appraisal');
  const appraised = classification.dossier === 'da-tham-dinh';
  if (opinion !== undefined && (appraised || classification.documents !== undefined)) {
    if (classification.dossier !== 'da-gui-tham-dinh') found.push(defect('no-appraisal', 'high', {}, opinion.article));
  }
  // Without any document in the inventory nothing is known of the dossier; see what is missing on the system's page.
  if (classification.documents === undefined) return found;
  const lacking = missing.filter(({ part }) => part !== 'appraisal');
  return [
    ...found,
    ...lacking.map(({ part, article }) => ({
      id: 'part-missing',
      weight: 'medium' as const,
      what: message(`level.missing.${part}`),
      article,
    })),
  ];
}

/** Days of a dossier in the order in which they can come. */
function order({ classification }: Looked): readonly LevelDefect[] {
  const { submitted, returned, accepted, appraisal, approvalReceived, decision } = classification;
  const back = (id: string, earlier: string | undefined, later: string | undefined) =>
    earlier !== undefined && later !== undefined && later < earlier ? [defect(id, 'medium', { earlier, later })] : [];
  return [
    ...back('returned-before-sent', submitted, returned),
    ...back('accepted-before-sent', submitted, accepted),
    ...back('appraised-before-accepted', accepted, appraisal?.document.date),
    ...back('decided-before-received', approvalReceived, decision?.date),
    ...back('decided-before-sent', submitted, decision?.date),
  ];
}

function overdue({ deadlines, classification, onDay }: Looked): readonly LevelDefect[] {
  const { dossier, expectedApproval, implementation } = classification;
  const late = deadlines
    .filter(({ state, late: days }) => state === 'overdue' && days !== 0)
    .map(({ term, article, due, late: days }) =>
      defect(`overdue-${term}`, 'high', { due: due ?? '', late: days ?? 0 }, article),
    );
  const waiting = dossier !== 'da-phe-duyet' && expectedApproval !== undefined && expectedApproval < onDay;
  const unplaced =
    implementation !== undefined && implementation.state !== 'day-du' && (implementation.expected ?? onDay) < onDay;
  return [
    ...late,
    ...(waiting ? [defect('expected-passed', 'medium', { day: expectedApproval }, 'Mẫu 08, cột 9')] : []),
    ...(unplaced
      ? [defect('measures-passed', 'medium', { day: implementation.expected ?? '' }, 'Mẫu 08, cột 11')]
      : []),
  ];
}

/** Who assesses is independent of who operates (Decree 331 Đ31.2.c). */
function assessor({ system, law, classification, organisations }: Looked): readonly LevelDefect[] {
  const held = system.layers?.assessment;
  if (law?.assessor === undefined || held?.claimed !== true) return [];
  const { article, licensedFrom } = law.assessor;
  const operator = organisations.get(system.operator)?.name;
  const own = held.assessor === operator ? held.assessor : undefined;
  const listed = classification.nationalSecurityList?.state === 'da-dua-vao';
  const licensed = classification.level >= licensedFrom || listed;
  return [
    ...(own === undefined ? [] : [defect('assessor-operates', 'high', { name: own }, article)]),
    ...(licensed && held.licence === undefined ? [defect('assessor-unlicensed', 'medium', {}, article)] : []),
  ];
}
