import { Type } from '@sinclair/typebox';
import { certainties } from '../model/citation.ts';
import { claimFields, evidenceRules } from '../model/framework.ts';
import { levels, regimes } from '../model/inventory/level-words.ts';
import { organisationKinds } from '../model/inventory/organisation.ts';
import { reportIntervals } from '../model/inventory/tasks.ts';
import { layerActivities, layerFields, layers } from '../model/layer-rules.ts';
import { closed, list, oneOf, text } from '../model/schema.ts';

export const idPattern = '[a-z0-9]+(-[a-z0-9]+)*';
/** Forms that a text can depart from, told apart by their pattern when the problem is put into words. */
export const dayPattern = '^\\d{4}-\\d{2}-\\d{2}$';
export const notBlank = '\\S';

export const words = (max: number) => text(max, { minLength: 1, pattern: notBlank });
export const bothLanguages = Type.Object({ vi: words(4000), en: words(4000) }, closed);
export const day = () => text(10, { pattern: dayPattern });
const checkId = text(64, { pattern: `^${idPattern}$` });
const clause = words(200);

const levelClauses = Type.Object(Object.fromEntries(levels.map((level) => [String(level), Type.Optional(clause)])), {
  ...closed,
  minProperties: 1,
});

const citation = Type.Object(
  { instrument: words(300), clause: Type.Optional(clause), certainty: oneOf(certainties) },
  closed,
);

/** Exactly one of the three: a day, a period in words (with its last day), an event in words. */
const deadline = Type.Object(
  {
    before: Type.Optional(day()),
    within: Type.Optional(Type.Object({ vi: words(4000), en: words(4000), last: Type.Optional(day()) }, closed)),
    trigger: Type.Optional(bothLanguages),
  },
  { ...closed, minProperties: 1, maxProperties: 1 },
);

const layerNumber = Type.Unsafe<1 | 2 | 3 | 4>({ type: 'integer', enum: [...layers] });

const addressees = Type.Object(
  {
    kinds: Type.Optional(list(oneOf(organisationKinds), organisationKinds.length, { minItems: 1 })),
    named: Type.Optional(
      list(Type.Object({ name: bothLanguages, also: Type.Optional(list(words(300), 20)) }, closed), 200, {
        minItems: 1,
      }),
    ),
  },
  { ...closed, minProperties: 1 },
);

const clear = Type.Object(
  {
    person: Type.Optional(bothLanguages),
    responsibility: Type.Optional(bothLanguages),
    authority: Type.Optional(bothLanguages),
  },
  { ...closed, minProperties: 1 },
);

const everyLevel = Type.Object(
  Object.fromEntries(levels.map((level) => [String(level), Type.Optional(oneOf(reportIntervals))])),
  { ...closed, minProperties: 1 },
);

const evidence = Type.Object(
  {
    rule: oneOf(evidenceRules),
    shows: bothLanguages,
    every: Type.Optional(everyLevel),
    everyCite: Type.Optional(citation),
    weakenedByFindings: Type.Optional(Type.Boolean()),
  },
  closed,
);

const task = Type.Object(
  {
    quote: words(600),
    owner: bothLanguages,
    product: Type.Optional(bothLanguages),
    deadline: Type.Optional(deadline),
    periodic: Type.Optional(Type.Boolean()),
    province: Type.Optional(text(64, { pattern: `^${idPattern}$` })),
    provinceWide: Type.Optional(Type.Boolean()),
    addressees: Type.Optional(addressees),
    clear: Type.Optional(clear),
    layers: Type.Optional(list(layerNumber, 4, { minItems: 1 })),
    evidence: Type.Optional(evidence),
  },
  closed,
);

const obligation = Type.Object(
  {
    id: text(130, { pattern: `^${idPattern}/${idPattern}$` }),
    title: bothLanguages,
    asks: bothLanguages,
    layer: Type.Optional(layerNumber),
    levels: Type.Optional(levelClauses),
    criticalOnly: Type.Optional(Type.Boolean()),
    cite: citation,
    equivalentAllowed: Type.Optional(Type.Boolean()),
    checks: list(checkId, 500),
    proof: oneOf(['scan', 'claim']),
    claim: Type.Optional(oneOf(claimFields)),
    manual: Type.Optional(bothLanguages),
    task: Type.Optional(task),
  },
  closed,
);

const boundRegimes = list(
  Type.Object({ regime: oneOf(regimes), from: Type.Optional(day()), to: Type.Optional(day()) }, closed),
  regimes.length,
  { minItems: 1 },
);
const levelNumbers = list(Type.Unsafe<1 | 2 | 3 | 4 | 5>({ type: 'integer', enum: [...levels] }), levels.length, {
  minItems: 1,
});
const count = (maximum: number) => Type.Integer({ minimum: 1, maximum });

/** What the four layers must hold and what falls due: src/model/layer-rules.ts. */
const layerRules = Type.Object(
  {
    readOn: day(),
    requirements: list(
      Type.Object(
        {
          layer: layerNumber,
          field: oneOf(layerFields),
          must: oneOf(['given', 'yes', 'fresh']),
          months: Type.Optional(count(120)),
          days: Type.Optional(count(3660)),
          hired: Type.Optional(Type.Boolean()),
          levels: Type.Optional(levelNumbers),
          nationalSecurity: Type.Optional(Type.Boolean()),
          regimes: Type.Optional(boundRegimes),
          from: Type.Optional(day()),
          cite: citation,
        },
        closed,
      ),
      200,
    ),
    intervals: list(
      Type.Object(
        {
          activity: oneOf(layerActivities),
          regimes: Type.Optional(boundRegimes),
          criticalOnly: Type.Optional(Type.Boolean()),
          note: Type.Optional(bothLanguages),
          levels: Type.Object(
            Object.fromEntries(
              levels.map((level) => [
                String(level),
                Type.Optional(Type.Object({ months: count(120), clause }, closed)),
              ]),
            ),
            { ...closed, minProperties: 1 },
          ),
          cite: citation,
        },
        closed,
      ),
      100,
    ),
    detection: Type.Object({ months: count(120), hours: count(8760), cite: citation }, closed),
  },
  closed,
);
export const instrument = Type.Object(
  {
    number: words(300),
    issued: Type.Optional(day()),
    issuer: bothLanguages,
    source: words(1000),
    certainty: oneOf(certainties),
    readOn: day(),
  },
  closed,
);
export const inForce = Type.Object({ from: day(), to: Type.Optional(day()) }, closed);

/** Shape of a file of `checks/frameworks/`; `framework-rules.ts` checks what a shape cannot say. */
export const frameworkSchema = Type.Object(
  {
    id: text(64, { pattern: `^${idPattern}$` }),
    kind: oneOf(['layers', 'level-clauses', 'directive', 'good-practice']),
    title: bothLanguages,
    instrument,
    inForce,
    regimes: Type.Optional(boundRegimes),
    notes: Type.Optional(bothLanguages),
    layerRules: Type.Optional(layerRules),
    obligations: list(obligation, 2000, { minItems: 1 }),
  },
  closed,
);
