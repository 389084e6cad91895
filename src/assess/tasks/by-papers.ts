import type { Assessment, Reason } from '../../model/assessment.ts';
import type { TaskReason } from '../../model/task-status.ts';
import { byDocument } from './by-document.ts';
import { doneIn, doneOn, notDone, notKnown, unproven, type Case, type Stand } from './stand.ts';

/**
 * A task of one system whose papers stand in the inventory: the decision on its level, the attestations of its layers. It is done
 * on the day of its latest paper, or of a record that names a later one; a record alone is no paper.
 */
export function byPapers({ verdict, because, claim }: Assessment, of: Case): Stand | undefined {
  const recorded = doneIn(of);
  switch (verdict) {
    case 'not-applicable':
      return undefined;
    case 'met':
    case 'manual': {
      if (claim?.on === undefined) return claim === undefined ? byDocument(of) : notKnown(of, 'papers-undocumented');
      if (claim.on > of.today) return notDone(of, 'record-in-future');
      const later = recorded !== undefined && recorded > claim.on;
      return doneOn(later ? recorded : claim.on, of, later ? 'papers-later' : 'papers');
    }
    case 'not-met':
      return recorded === undefined
        ? notDone(of, 'papers-say-no')
        : { state: 'contradicted', because: 'papers-deny-record' };
    case 'contradicted':
      return {
        state: 'contradicted',
        because: because === 'claim-denies-itself' ? 'papers-deny-themselves' : 'papers-denied',
      };
    case 'unproven': {
      const why = lacks(because);
      return recorded === undefined ? notKnown(of, why) : unproven(of, why);
    }
  }
}

const lacking: Readonly<Partial<Record<Reason, TaskReason>>> = {
  'claim-missing': 'papers-missing',
  'claim-undocumented': 'papers-undocumented',
  'claim-expired': 'papers-expired',
  waived: 'waived',
  'false-positive': 'false-positive',
  'not-observed': 'not-observed',
};

function lacks(because: Reason | undefined): TaskReason {
  return (because === undefined ? undefined : lacking[because]) ?? 'papers-not-checked';
}
