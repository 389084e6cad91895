import type { Verdict } from '../../../model/assessment.ts';
import { message } from '../../../model/text.ts';
import { verdictWord } from '../../view/tally.ts';
import type { Assessed } from '../../view/report-index.ts';
import type { FindingEntry, Ledger, SystemEntry } from '../ledger.ts';
import { say } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import { objectiveId } from './activities.ts';
import type { Ids } from './ids.ts';
import { origins } from './observations.ts';
import { props, some } from './props.ts';
import { riskId } from './risks.ts';
import { line } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * What each verdict is in OSCAL, which knows satisfied and not-satisfied alone. Unproven is not-satisfied for the reason
 * `other`: SP 800-53A's "other than satisfied" also stands for too little to tell. Nothing is concluded of what a person
 * must still look at, nor of what does not apply: neither is a finding.
 */
const statuses: Readonly<Record<Verdict, { readonly state: string; readonly reason: string } | null>> = {
  met: { state: 'satisfied', reason: 'pass' },
  'not-met': { state: 'not-satisfied', reason: 'fail' },
  contradicted: { state: 'not-satisfied', reason: 'fail' },
  unproven: { state: 'not-satisfied', reason: 'other' },
  manual: null,
  'not-applicable': null,
};

export type Told = { readonly findings: readonly Json[]; readonly examinations: readonly Json[] };

/** A finding for each obligation that the scan decides, an examination that remains for each that it does not. */
export function objectiveFindings(of: Ledger, { file, findings }: SystemEntry, ids: Ids, tell: Tell): Told {
  const entries = new Map(findings.map((entry) => [`${entry.finding.check}\n${entry.finding.target}`, entry]));
  return {
    findings: file.assessed.flatMap((one) => findingOf(one, entries, ids, tell)),
    examinations: file.assessed
      .filter(({ assessment }) => assessment.verdict === 'manual')
      .map((one) => examination(of, one, ids, tell)),
  };
}

function findingOf(
  { assessment, obligation, framework }: Assessed,
  entries: ReadonlyMap<string, FindingEntry>,
  ids: Ids,
  tell: Tell,
): readonly Json[] {
  const status = statuses[assessment.verdict];
  if (status === null) return [];
  const behind = assessment.findings.flatMap(({ check, target }) => entries.get(`${check}\n${target}`) ?? []);
  const failed = behind.filter(({ finding }) => finding.outcome === 'fail');
  const { system } = assessment;
  const title = line(tell.text(obligation.title));
  const because =
    assessment.because === undefined ? [] : [say(tell, message(`frameworks.because-${assessment.because}`))];
  return [
    {
      uuid: ids.finding(system, obligation.id),
      title,
      description: line([say(tell, verdictWord(assessment.verdict)), ...because].join(': ')),
      ...props(
        {
          verdict: assessment.verdict,
          because: assessment.because ?? null,
          binding: framework.kind !== 'good-practice',
          clause: assessment.clause ?? obligation.cite.clause ?? null,
          claim: assessment.claim?.says ?? null,
          'claim-date': assessment.claim?.on ?? null,
          'claim-document': assessment.claim?.document ?? null,
          'checks-observed': assessment.coverage.seen,
          'checks-needed': assessment.coverage.needed,
        },
        tell,
      ),
      origins: origins(ids, system),
      target: {
        type: 'objective-id',
        'target-id': objectiveId(obligation.id),
        title,
        status: assessment.verdict === 'unproven' ? { ...status, remarks: tell.say('machine.oscal.unproven') } : status,
      },
      ...some(
        'related-observations',
        behind.map(({ place }) => ({ 'observation-uuid': ids.observation(place) })),
      ),
      ...some(
        'related-risks',
        failed.map((entry) => ({ 'risk-uuid': ids.risk(riskId(entry)) })),
      ),
    },
  ];
}

/** What remains for a person: a document to read. `collected` must stand; it is the end of the run, and nothing was collected. */
function examination({ at }: Ledger, { assessment, obligation }: Assessed, ids: Ids, tell: Tell): Json {
  const why = obligation.manual === undefined ? tell.say('machine.oscal.examine') : tell.text(obligation.manual);
  return {
    uuid: ids.examination(assessment.system, obligation.id),
    title: line(tell.text(obligation.title)),
    description: line(why),
    ...props(
      {
        verdict: 'manual',
        remaining: true,
        obligation: obligation.id,
        claim: assessment.claim?.says ?? null,
        'claim-date': assessment.claim?.on ?? null,
        'claim-document': assessment.claim?.document ?? null,
      },
      tell,
    ),
    methods: ['EXAMINE'],
    types: ['control-objective'],
    subjects: [{ 'subject-uuid': ids.system(assessment.system), type: 'component' }],
    collected: at,
  };
}
