import { weights, type LevelDefect } from '../../../model/level.ts';
import { approvalDefects } from './approval.ts';
import { dossierDefects } from './dossier.ts';
import { factDefects } from './facts.ts';
import { historyDefects } from './history.ts';
import { defect, type Looked } from './looked.ts';

/** Every inconsistency of what is said of one system's level, worst first. */
export function defectsOf(looked: Looked): readonly LevelDefect[] {
  const { classification } = looked;
  const building = classification.operation?.state === 'dang-xay-dung';
  const found = [
    ...(classification.dossier === 'chua-lap' && !building ? neverClassified() : []),
    ...factDefects(looked),
    ...approvalDefects(looked),
    ...dossierDefects(looked),
    ...historyDefects(looked),
    ...(classification.redetermine === undefined
      ? []
      : [defect('determine-again', 'medium', { day: classification.redetermine.since }, 'Đ25')]),
  ];
  return worstFirst(found);
}

/** A system of which no level is recorded at all. The duty has no transitional term, so it is due at once. */
export function neverClassified(): readonly LevelDefect[] {
  return [defect('never-classified', 'high', {}, 'NĐ 331/2026 Đ28.2, Đ31.2.a')];
}

function worstFirst(found: readonly LevelDefect[]): readonly LevelDefect[] {
  return [...found].sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
}
