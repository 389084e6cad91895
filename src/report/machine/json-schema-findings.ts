import { Type } from '@sinclair/typebox';
import { reasons, verdicts } from '../../model/assessment.ts';
import { outcomes, severities } from '../../model/check.ts';
import { certainties } from '../../model/citation.ts';
import { failureCodes } from '../../model/failure.ts';
import { kinds } from '../../model/observation.ts';
import { oneOf } from '../../model/schema.ts';
import { taskReasons, taskStates } from '../../model/task-status.ts';
import { trackStates } from '../../model/track/state.ts';
import { closed, count, coverage, day, id, instant, orNull, words } from './json-words.ts';

export const check = Type.Object(
  {
    id: Type.String(),
    title: words,
    severity: oneOf(severities),
    change: Type.String(),
    sources: Type.Array(Type.String()),
  },
  closed,
);

const due = Type.Object(
  {
    on: day,
    rule: oneOf(['convention', 'interval', 'directive', 'document']),
    source: words,
    instrument: orNull(Type.String()),
    clause: orNull(Type.String()),
    certainty: oneOf(certainties),
  },
  closed,
);

export const finding = Type.Object(
  {
    run: Type.String(),
    system: id,
    target: Type.String(),
    check: Type.String(),
    outcome: oneOf(outcomes),
    severity: oneOf(severities),
    evidence: Type.Array(
      Type.Object(
        { at: Type.String({ description: 'JSON pointer into the facts.' }), saw: Type.Unknown(), because: words },
        closed,
      ),
    ),
    cause: orNull(
      Type.Object(
        {
          kind: oneOf(kinds),
          at: Type.Optional(Type.String()),
          failure: Type.Object({ code: oneOf(failureCodes), detail: Type.String(), retryable: Type.Boolean() }, closed),
        },
        { ...closed, description: 'Stands exactly where the outcome is not-observed.' },
      ),
    ),
    at: instant,
    place: Type.String({
      pattern: '^[0-9a-f]{16}$',
      description: 'Of system, check and target: the same in every run while these are.',
    }),
    life: orNull(
      Type.Object(
        {
          id: Type.String({ description: "The tracker's id: outlives a new address and a check's new name." }),
          state: oneOf(trackStates),
          firstSeen: day,
          ageDays: Type.Integer(),
          due: orNull(due),
          daysLate: count,
        },
        closed,
      ),
    ),
    aside: orNull(
      Type.Object(
        {
          as: oneOf(['waived', 'false-positive']),
          until: day,
          reason: Type.String(),
          document: orNull(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const obligation = Type.Object(
  {
    id: Type.String(),
    framework: Type.String(),
    title: words,
    binding: Type.Boolean({ description: 'False: good practice, in no total.' }),
    layer: orNull(Type.Integer({ minimum: 1, maximum: 4 })),
    instrument: Type.String(),
    clause: orNull(Type.String()),
    certainty: oneOf(certainties),
    checks: Type.Array(Type.String()),
  },
  closed,
);

export const assessment = Type.Object(
  {
    system: id,
    obligation: Type.String(),
    verdict: oneOf(verdicts),
    because: orNull(oneOf(reasons)),
    clause: orNull(Type.String()),
    claim: orNull(
      Type.Object(
        {
          says: Type.Boolean(),
          on: orNull(Type.String()),
          document: orNull(Type.String()),
          until: orNull(Type.String()),
        },
        closed,
      ),
    ),
    coverage,
    evidenceAt: orNull(instant),
    before: orNull(day),
    findings: Type.Array(Type.Object({ check: Type.String(), target: Type.String() }, closed)),
  },
  closed,
);

export const task = Type.Object(
  {
    task: Type.String(),
    subject: Type.Object(
      { kind: oneOf(['system', 'organisation', 'body', 'province']), id: orNull(Type.String()), name: orNull(words) },
      closed,
    ),
    state: oneOf(taskStates),
    because: oneOf(taskReasons),
    last: orNull(day),
    days: orNull(Type.Integer()),
    coverage,
  },
  closed,
);

export const cost = Type.Object(
  {
    address: Type.String(),
    connections: count,
    datagrams: count,
    refusedByGuard: count,
    bytesSent: count,
    bytesReceived: count,
    peakPerSecond: count,
  },
  closed,
);
