import type { EvidenceRule, Obligation } from '../../model/framework.ts';

/** How the state of a task is found; texts that older versions stored do not say, and are read as they were meant. */
export function ruleOf({ task, checks, claim, proof }: Obligation): EvidenceRule {
  if (task?.evidence !== undefined) return task.evidence.rule;
  if (task?.provinceWide === true) return task.periodic === true ? 'reports' : 'document';
  if (claim === 'level') return 'level';
  if (claim?.startsWith('layers') === true) return 'layers';
  if (proof === 'scan' || checks.length > 0) return 'findings';
  return task?.periodic === true ? 'reports' : 'document';
}
