import { Type } from '@sinclair/typebox';
import { certainties, claimFields } from '../model/framework.ts';
import { levels, regimes } from '../model/inventory/classification.ts';
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

/** Exactly one of the three: a day, a period in words, an event in words. */
const deadline = Type.Object(
  { before: Type.Optional(day()), within: Type.Optional(bothLanguages), trigger: Type.Optional(bothLanguages) },
  { ...closed, minProperties: 1, maxProperties: 1 },
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
  },
  closed,
);

const obligation = Type.Object(
  {
    id: text(130, { pattern: `^${idPattern}/${idPattern}$` }),
    title: bothLanguages,
    asks: bothLanguages,
    layer: Type.Optional(Type.Unsafe<1 | 2 | 3 | 4>({ type: 'integer', enum: [1, 2, 3, 4] })),
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
    regimes: Type.Optional(
      list(
        Type.Object({ regime: oneOf(regimes), from: Type.Optional(day()), to: Type.Optional(day()) }, closed),
        regimes.length,
        { minItems: 1 },
      ),
    ),
    notes: Type.Optional(bothLanguages),
    obligations: list(obligation, 2000, { minItems: 1 }),
  },
  closed,
);
