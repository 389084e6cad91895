import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { reasons, verdicts } from '../../model/assessment.ts';
import { outcomes, severities } from '../../model/check.ts';
import { certainties } from '../../model/citation.ts';
import { failureCodes } from '../../model/failure.ts';
import { dossierStates, regimes } from '../../model/inventory/classification.ts';
import { layerVerdicts } from '../../model/layer-status.ts';
import { kinds } from '../../model/observation.ts';
import { oneOf } from '../../model/schema.ts';
import { targetKinds } from '../../model/target.ts';
import { taskReasons, taskStates } from '../../model/task-status.ts';
import { trackStates } from '../../model/track/state.ts';

const closed = { additionalProperties: false } as const;
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const words = Type.Object({ vi: Type.String(), en: Type.String() }, { ...closed, description: 'Both languages.' });
const name = Type.Object({ vi: Type.String(), en: orNull(Type.String()) }, closed);
const id = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' });
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A calendar day in Viet Nam.' });
const instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z$',
  description: 'An instant in UTC.',
});
const count = Type.Integer({ minimum: 0 });
const coverage = Type.Object(
  { seen: count, needed: count },
  { ...closed, description: 'What was seen of what was needed. No total stands without one.' },
);
const counted = <const T extends readonly string[]>(keys: T) =>
  Type.Object(Object.fromEntries(keys.map((key) => [key, count])) as Record<T[number], typeof count>, closed);

const run = Type.Object(
  {
    id: Type.String(),
    tool: Type.String(),
    zone: Type.String({ description: 'The network it was made from.' }),
    startedAt: instant,
    endedAt: orNull(instant),
    day,
    state: oneOf(['running', 'finished', 'interrupted']),
    judgedAt: instant,
    portList: orNull(Type.String()),
    inventoryHash: Type.String(),
    checksHash: Type.String(),
    frameworksHash: Type.String(),
  },
  closed,
);

const scope = Type.Object(
  {
    organisation: orNull(
      Type.String({ description: 'Written for this organisation alone; null: the whole inventory.' }),
    ),
    systemsInInventory: count,
    systemsListed: count,
    systemsWithheld: Type.Integer({
      minimum: 0,
      description: 'Of an excluded field, or holding state secrets: counted, and named nowhere.',
    }),
    excludedSystems: Type.Integer({ minimum: 0, description: 'Refused by the scan itself.' }),
  },
  closed,
);

const totals = Type.Object(
  {
    systems: counted(verdicts),
    obligations: counted(verdicts),
    findings: counted(outcomes),
    openBySeverity: counted(severities),
    waived: count,
    late: orNull(count),
    coverage,
  },
  closed,
);

const organisation = Type.Object({ id, name, kind: orNull(Type.String()), parent: orNull(Type.String()) }, closed);

const target = Type.Object(
  {
    key: Type.String(),
    kind: oneOf(targetKinds),
    name: orNull(Type.String()),
    address: orNull(Type.String()),
    port: orNull(Type.Integer({ minimum: 1, maximum: 65535 })),
  },
  closed,
);

const system = Type.Object(
  {
    id,
    name,
    owner: Type.String(),
    operator: Type.String(),
    level: orNull(Type.Integer({ minimum: 1, maximum: 5, description: 'As claimed.' })),
    levelAsked: orNull(Type.Integer({ minimum: 1, maximum: 5, description: 'By the facts declared.' })),
    regime: orNull(oneOf(regimes)),
    dossier: orNull(oneOf(dossierStates)),
    critical: Type.Boolean(),
    verdict: oneOf(verdicts),
    obligations: counted(verdicts),
    layers: Type.Array(
      Type.Object(
        {
          layer: Type.Integer({ minimum: 1, maximum: 4 }),
          word: orNull(oneOf(layerVerdicts)),
          verdict: orNull(oneOf(verdicts)),
        },
        closed,
      ),
    ),
    openBySeverity: counted(severities),
    waived: count,
    coverage,
    targets: Type.Array(target),
  },
  closed,
);

const check = Type.Object(
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

const finding = Type.Object(
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

const obligation = Type.Object(
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

const assessment = Type.Object(
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

const task = Type.Object(
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

const cost = Type.Object(
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

/** `rasoat-report/1`: one run as one document. `templates/schemas/report-1.schema.json` is generated from this. */
export const reportSchema = Type.Object(
  {
    schema: Type.Literal('rasoat-report/1'),
    run,
    province: Type.Object({ id, name }, closed),
    scope,
    totals,
    organisations: Type.Array(organisation),
    systems: Type.Array(system),
    checks: Type.Array(check),
    findings: Type.Array(finding),
    obligations: Type.Array(obligation),
    assessments: Type.Array(assessment),
    tasks: Type.Array(task),
    costs: Type.Object(
      {
        addresses: count,
        connections: count,
        datagrams: count,
        refusedByGuard: count,
        bytesSent: count,
        bytesReceived: count,
        peakPerSecond: count,
        byAddress: Type.Array(cost, { description: 'Of the targets listed; the totals are those of the run.' }),
        resolverQueries: count,
      },
      closed,
    ),
    feeds: Type.Array(Type.Object({ feed: Type.String(), date: Type.String() }, closed)),
  },
  closed,
);
export type ReportDocument = Static<typeof reportSchema>;

/** The schema as it is published. */
export function renderReportSchema(): string {
  const published = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:rasoat:report-1',
    title: 'Rà Soát report, version 1',
    ...reportSchema,
  };
  return `${JSON.stringify(published, null, 2)}\n`;
}
