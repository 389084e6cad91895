import { Type, type Static } from '@sinclair/typebox';
import { certainties } from '../model/citation.ts';
import { closed, list, oneOf, text } from '../model/schema.ts';
import { borderOf } from '../model/border.ts';

const words = Type.Object({ vi: text(300, { minLength: 1 }), en: text(300, { minLength: 1 }) }, closed);
const count = Type.Integer({ minimum: 1, maximum: 1000 });
const byLevel = Type.Object({ none: count, 1: count, 2: count, 3: count, 4: count, 5: count }, closed);
const someLevels = Type.Partial(Type.Object({ 1: count, 2: count, 3: count, 4: count, 5: count }, closed));

const rulesSchema = Type.Object(
  {
    asOf: text(10, { pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    convention: Type.Object(
      {
        source: words,
        workingDays: Type.Object({ critical: byLevel, high: byLevel, medium: byLevel, low: byLevel }, closed),
      },
      closed,
    ),
    intervals: list(
      Type.Object(
        {
          obligation: text(130, { minLength: 3 }),
          certainty: oneOf(certainties),
          source: words,
          months: someLevels,
          importantMonths: Type.Optional(someLevels),
        },
        closed,
      ),
      20,
    ),
  },
  closed,
);
/** When things are due, as dated data. */
export type DeadlineRules = Readonly<Static<typeof rulesSchema>>;

/** Whether a value has the shape of `deadlines.yaml`. */
export const isDeadlineRules = borderOf<DeadlineRules>(rulesSchema, { allErrors: true });
