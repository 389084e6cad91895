import type { TlsFacts } from '../../model/facts/tls.ts';
import type { TlsContext, TlsPart } from './context.ts';
import { orNoAnswer } from './lane.ts';

/** Runs the parts side by side. One that the target or the end of the run cut off adds nothing; a bug of ours is thrown. */
export async function runParts(context: TlsContext, parts: readonly TlsPart[]): Promise<Partial<TlsFacts>> {
  const results = await Promise.all(parts.map((part) => orNoAnswer(context.dial, () => part(context))));
  return mergeFacts(results.map((result) => ('kind' in result ? {} : result)));
}

/** Later facts go over earlier ones; `features` and `faults`, which several parts fill, are joined key by key. */
export function mergeFacts(facts: readonly Partial<TlsFacts>[]): Partial<TlsFacts> {
  const merged = facts.reduce((all, part) => ({ ...all, ...part }), {});
  const features = Object.assign({}, ...facts.map((part) => part.features)) as NonNullable<TlsFacts['features']>;
  const faults = Object.assign({}, ...facts.map((part) => part.faults)) as NonNullable<TlsFacts['faults']>;
  return {
    ...merged,
    ...(Object.keys(features).length === 0 ? {} : { features }),
    ...(Object.keys(faults).length === 0 ? {} : { faults }),
  };
}
