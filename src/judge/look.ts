import { borderOf, type Border } from '../model/border.ts';
import { failure, type Failure } from '../model/failure.ts';
import { kinds, type Facts, type Iso, type Kind, type Observation } from '../model/observation.ts';
import { views } from './views.ts';
import type { Derived, ViewContext } from './view/view.ts';

/** What one observation gives to judge by: a view of its facts, or why there is none; and its clock. */
export type Look = { readonly at: Iso } & (Derived<unknown> | { readonly failure: Failure });

// Facts are a stranger's words: they are held against their schema first, and the first error ends it (no allErrors).
const fits = Object.fromEntries(
  kinds.map((kind) => [kind, borderOf(views[kind].facts, { strictTuples: false })]),
) as Readonly<Record<Kind, Border<unknown>>>;

/** Looks at the latest observation of each kind. */
export function lookAtAll(
  observations: readonly Observation[],
  context: Omit<ViewContext, 'at'>,
): Partial<Record<Kind, Look>> {
  const looks: Partial<Record<Kind, Look>> = {};
  for (const kind of kinds) {
    const latest = observations
      .filter((observation) => observation.kind === kind)
      .reduce<Observation | undefined>(
        (last, one) => (last === undefined || one.at >= last.at ? one : last),
        undefined,
      );
    if (latest !== undefined) looks[kind] = look(latest, context);
  }
  return looks;
}

function look(observation: Observation, context: Omit<ViewContext, 'at'>): Look {
  const { at, kind } = observation;
  if (!observation.ok) return { at, failure: observation.failure };
  const misfit = misfitOf(kind, observation.facts);
  if (misfit !== undefined)
    return { at, failure: failure('bug', `facts of ${observation.probe} do not fit: ${misfit}`) };
  try {
    return { at, ...derive(kind, observation.facts, { ...context, at }) };
  } catch (error) {
    // Ours, not the target's: kept with its trace for this kind, and the run goes on.
    return { at, failure: failure('bug', error instanceof Error ? (error.stack ?? error.message) : String(error)) };
  }
}

/** TypeScript cannot see that `kind` and `facts` belong together; the observation they come from says so. */
function derive(kind: Kind, facts: Facts[Kind], context: ViewContext): Derived<unknown> {
  return views[kind].derive(facts as never, context);
}

function misfitOf(kind: Kind, facts: unknown): string | undefined {
  const validate = fits[kind];
  if (validate(facts)) return undefined;
  const [error] = validate.errors ?? [];
  return `${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim();
}
