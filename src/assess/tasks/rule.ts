import type { EvidenceRule, Framework, Obligation } from '../../model/framework.ts';

/** How the state of a task is found; texts that older versions stored do not say, and are read as they were meant. */
export function ruleOf({ task, checks, claim, proof }: Obligation): EvidenceRule {
  if (task?.evidence !== undefined) return task.evidence.rule;
  if (task?.provinceWide === true) return task.periodic === true ? 'reports' : 'document';
  if (claim === 'level') return 'level';
  if (claim?.startsWith('layers') === true) return 'layers';
  if (proof === 'scan' || checks.length > 0) return 'findings';
  return task?.periodic === true ? 'reports' : 'document';
}

/** Texts as far as a look at systems proves their tasks: nothing else of them is left. */
export function provenByLooking(frameworks: readonly Framework[]): readonly Framework[] {
  return frameworks.flatMap((framework) => {
    const obligations = framework.obligations.filter(
      (obligation) => obligation.task !== undefined && ['findings', 'runs'].includes(ruleOf(obligation)),
    );
    return obligations.length === 0 ? [] : [{ ...framework, obligations }];
  });
}
