import type { LevelDefect } from '../../../model/level.ts';
import { defect, type Looked } from './looked.ts';

/** The level claimed against what the facts ask, and facts that cannot all be true. */
export function factDefects({ system, classification, law, answer }: Looked): readonly LevelDefect[] {
  const found: LevelDefect[] = [];
  const { level, facts = {} } = classification;
  if (answer?.level != null && level < answer.level) {
    const params = { claimed: level, asked: answer.level, article: answer.article ?? '' };
    found.push(defect('below-facts', 'critical', params, answer.article ?? undefined));
  }
  const open = answer?.undecided.some((one) => one.level >= level) === true;
  if (answer?.level != null && level > answer.level && !open) {
    found.push(
      defect(
        'above-facts',
        'low',
        { claimed: level, asked: answer.level, article: answer.article ?? '' },
        law?.highest.article,
      ),
    );
  }
  const onlyPublic = facts.information?.length === 1 && facts.information[0] === 'cong-cong';
  const people = Math.max(facts.basicDataSubjects ?? 0, facts.sensitiveDataSubjects ?? 0, facts.users ?? 0);
  if (onlyPublic && people > 0) found.push(defect('public-with-people', 'medium', { people }));
  if (
    facts.administrativeProcedures === true &&
    facts.type !== undefined &&
    facts.type !== 'phuc-vu-nguoi-dan-doanh-nghiep'
  ) {
    found.push(defect('procedures-not-online', 'medium'));
  }
  if (facts.administrativeProcedures === false && (facts.publicServiceLevel ?? 0) >= 3) {
    found.push(defect('service-without-procedures', 'medium', { grade: facts.publicServiceLevel ?? 0 }));
  }
  const secret = facts.information?.includes('bi-mat-nha-nuoc');
  if (system.stateSecret !== undefined && secret !== undefined && system.stateSecret !== secret) {
    found.push(defect('secret-disagrees', 'high'));
  }
  if (level === 5 && classification.nationalSecurityList === undefined) {
    found.push(defect('not-on-list', 'medium', {}, 'Đ16.4, Đ17.1'));
  }
  return found;
}
