import type { NameLine } from '../../model/carried.ts';
import { failure } from '../../model/failure.ts';
import type { Resolution } from '../../model/resolver.ts';

/** Notes every answer that a resolver gives, so that whoever holds the answers comes to the same targets. */
export function notingResolver(ask: (host: string) => Promise<Resolution>): {
  readonly lookUp: (host: string) => Promise<Resolution>;
  readonly names: () => readonly NameLine[];
} {
  const noted = new Map<string, NameLine>();
  return {
    lookUp: async (host) => {
      const answer = await ask(host);
      noted.set(
        host,
        answer.ok
          ? { kind: 'name', host, addresses: [...answer.addresses] }
          : { kind: 'name', host, failure: answer.failure, absent: answer.absent },
      );
      return answer;
    },
    names: () => [...noted.values()].sort((a, b) => (a.host < b.host ? -1 : 1)),
  };
}

/** Answers by what was noted; of a name that nobody noted it knows nothing. */
export function notedResolver(names: readonly NameLine[]): (host: string) => Promise<Resolution> {
  const noted = new Map(names.map((name) => [name.host, name]));
  return (host) => {
    const name = noted.get(host);
    if (name?.addresses !== undefined) return Promise.resolve({ ok: true, addresses: name.addresses });
    const why = name?.failure ?? failure('dns', 'the agent noted no answer for this name');
    return Promise.resolve({ ok: false, failure: why, absent: name?.absent ?? false });
  };
}
