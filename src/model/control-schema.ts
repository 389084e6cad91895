import { Type } from '@sinclair/typebox';
import { costSchema, resolverCostSchema } from './cost-schema.ts';
import { closed, instant, list, text } from './schema.ts';
import { targetSchema } from './target-schema.ts';

/** One reading of a zone's controls as another machine tells it. */
export const controlRoundSchema = Type.Object(
  {
    at: instant(),
    looks: list(
      Type.Object(
        {
          control: text(64, { minLength: 1 }),
          target: targetSchema,
          // Each is held against the schema of its own kind by whoever keeps it.
          observations: list(Type.Unknown(), 6),
        },
        closed,
      ),
      20_000,
    ),
    costs: list(costSchema, 100_000),
    resolverCosts: list(resolverCostSchema, 1000),
  },
  closed,
);
