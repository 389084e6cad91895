import { uuidOf } from '../uuid.ts';

/**
 * Identifiers by what they name: parties, systems, targets and risks keep theirs from run to run, so
 * that a plan of action can follow a risk; documents, results, observations and findings are of one run.
 */
export type Ids = {
  readonly document: string;
  readonly plan: string;
  readonly party: (organisation: string) => string;
  readonly system: (system: string) => string;
  readonly target: (system: string, target: string) => string;
  readonly activity: (kind: string) => string;
  readonly step: (kind: string, check: string) => string;
  readonly fix: (check: string) => string;
  readonly result: (system: string) => string;
  readonly tool: (system: string) => string;
  readonly platform: (system: string) => string;
  readonly observation: (place: string) => string;
  readonly examination: (system: string, obligation: string) => string;
  readonly finding: (system: string, obligation: string) => string;
  readonly risk: (id: string) => string;
};

export function idsOf(province: string, run: string, judgedAt: string): Ids {
  return {
    document: uuidOf('document', province, run, judgedAt),
    plan: uuidOf('plan', province, run),
    party: (organisation) => uuidOf('party', province, organisation),
    system: (system) => uuidOf('system', province, system),
    target: (system, target) => uuidOf('target', province, system, target),
    activity: (kind) => uuidOf('activity', kind),
    step: (kind, check) => uuidOf('step', kind, check),
    fix: (check) => uuidOf('fix', check),
    result: (system) => uuidOf('result', province, run, judgedAt, system),
    tool: (system) => uuidOf('tool', province, run, system),
    platform: (system) => uuidOf('platform', province, run, system),
    observation: (place) => uuidOf('observation', province, run, place),
    examination: (system, obligation) => uuidOf('examination', province, run, system, obligation),
    finding: (system, obligation) => uuidOf('finding', province, run, system, obligation),
    risk: (id) => uuidOf('risk', province, id),
  };
}
