import { Type } from '@sinclair/typebox';
import { verdicts } from '../../model/assessment.ts';
import { outcomes, severities } from '../../model/check.ts';
import { dossierStates, regimes } from '../../model/inventory/level-words.ts';
import { layerVerdicts } from '../../model/layer-status.ts';
import { oneOf } from '../../model/schema.ts';
import { targetKinds } from '../../model/target.ts';
import { closed, count, counted, coverage, day, id, instant, name, orNull } from './json-words.ts';

export const run = Type.Object(
  {
    id: Type.String(),
    tool: Type.String(),
    zone: Type.String({ description: 'The network it was made from.' }),
    startedAt: instant,
    endedAt: orNull(instant),
    day,
    state: oneOf(['running', 'finished', 'interrupted']),
    rawRemoved: orNull(
      Type.Object(
        { at: instant, months: Type.Integer({ minimum: 0 }) },
        {
          ...closed,
          description:
            'Raw observations of the run were removed at that instant, by the rule that so many months of them are kept; verdicts stand as judged, and what only raw observations tell is absent.',
        },
      ),
    ),
    judgedAt: instant,
    portList: orNull(Type.String()),
    inventoryHash: Type.String(),
    checksHash: Type.String(),
    frameworksHash: Type.String(),
  },
  closed,
);

export const scope = Type.Object(
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

export const totals = Type.Object(
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

export const organisation = Type.Object(
  { id, name, kind: orNull(Type.String()), parent: orNull(Type.String()) },
  closed,
);

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

export const system = Type.Object(
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
