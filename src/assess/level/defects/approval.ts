import type { LevelDefect } from '../../../model/level.ts';
import { defect, type Looked } from './looked.ts';

/** The approval: its decision, the regulation before it, who approved, and under which law. */
export function approvalDefects(looked: Looked): readonly LevelDefect[] {
  const { classification, law } = looked;
  const { dossier, decision, regulation, appraisal } = classification;
  const approved = dossier === 'da-phe-duyet';
  const found: LevelDefect[] = [];
  if (approved && decision === undefined)
    found.push(defect('approved-without-decision', 'critical', {}, 'Mẫu 08, cột 7'));
  if (!approved && decision !== undefined) {
    found.push(defect('decision-not-approved', 'medium', { number: decision.number }));
  }
  const rule = law?.regulationBefore;
  const asked = rule !== undefined && (decision?.date ?? looked.onDay) >= (rule.from ?? '');
  if (approved && regulation === undefined && asked) found.push(defect('no-regulation', 'high', {}, rule.article));
  if (asked && decision !== undefined && regulation !== undefined && decision.date < regulation.date) {
    const params = { decision: decision.date, regulation: regulation.date };
    found.push(defect('decision-before-regulation', 'high', params, rule.article));
  }
  if (approved && appraisal?.conclusion === 'chua-phu-hop') {
    found.push(defect('approved-against-appraisal', 'critical', { number: appraisal.document.number }));
  }
  if (decision !== undefined && appraisal !== undefined && appraisal.document.date > decision.date) {
    const params = { decision: decision.date, appraisal: appraisal.document.date };
    found.push(defect('appraised-after-decision', 'high', params));
  }
  return [...found, ...approver(looked), ...lawOfDecision(looked)];
}

function approver({ classification, acts, organisations, system }: Looked): readonly LevelDefect[] {
  const by = classification.approvedBy;
  if (by === undefined || acts === undefined) return [];
  const { authority, organisation, article } = acts.approver;
  const name = organisations.get(by)?.name ?? by;
  if (authority === 'owner' && by !== system.owner) return [defect('approver-not-owner', 'high', { name }, article)];
  if (authority === 'specialised-unit' && organisation !== undefined && by !== organisation) {
    return [defect('approver-not-unit', 'high', { name }, article)];
  }
  if (authority === 'prime-minister' && organisations.get(by)?.kind !== 'trung-uong') {
    return [defect('approver-not-prime-minister', 'critical', { name }, article)];
  }
  return [];
}

/** The law that the inventory names against the day of the decision. */
function lawOfDecision({ classification, book, system, regime }: Looked): readonly LevelDefect[] {
  const { decision, regime: named, operation } = classification;
  const law = book.laws.find((one) => one.transition !== undefined);
  if (decision === undefined || named === undefined || law?.transition === undefined) return [];
  const params = { number: decision.number, date: decision.date };
  if (regime === law.regime && decision.date < law.inForce.from) {
    return [defect('decision-before-law', 'medium', { ...params, from: law.inForce.from }, law.title.vi)];
  }
  const { from, building } = law.transition;
  if (regime === law.regime || decision.date < from || system.classification === undefined) return [];
  const wasBuilding = operation?.since !== undefined && decision.date <= building.approvalBy;
  return wasBuilding ? [] : [defect('old-law-too-late', 'high', { ...params, from }, building.article)];
}
