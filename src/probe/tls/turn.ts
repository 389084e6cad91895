import { legacyGroups } from './registry/groups.ts';
import { allSchemes } from './registry/signature-schemes.ts';
import { helloShape, type HelloShape } from './wire/client-hello.ts';

/** Groups and schemes already named. */
type Named = readonly { readonly group?: number; readonly scheme?: number }[];

/** One turned hello: whether its flight is worth reading, and where what it named goes. */
export type Turned = {
  readonly shape: HelloShape;
  readonly wanted: boolean;
  readonly heard: (named: Named[number]) => void;
};

/** Answers with nothing new after which turning is given up: such a server decides itself, or has no more. */
const mostMisses = 2;

/**
 * Turns the lists of groups and signature schemes of TLS 1.2 hellos that are sent for their suites: what was named goes to
 * the end. Nothing is left out, so no suite becomes impossible by it, and a server that follows the client names new ones
 * each time.
 */
export function createTurn(sni: string | undefined, named: Named): { readonly next: (usual: HelloShape) => Turned } {
  let misses = 0;
  let shape: { readonly of: number; readonly shape: HelloShape } | undefined;

  return {
    next: (usual) => {
      const groups = new Set(named.flatMap(({ group }) => group ?? []));
      const schemes = new Set(named.flatMap(({ scheme }) => scheme ?? []));
      const known = groups.size + schemes.size;
      const wanted = misses < mostMisses;
      if (known > 0 && shape?.of !== known) {
        const turned = { sni, groups: lastly(legacyGroups, groups), schemes: lastly(allSchemes, schemes) };
        shape = { of: known, shape: helloShape('TLSv1.2', turned) };
      }
      return {
        shape: shape?.shape ?? usual,
        wanted,
        heard: ({ group, scheme }) => {
          const isNew = (group !== undefined && !groups.has(group)) || (scheme !== undefined && !schemes.has(scheme));
          if (!isNew) misses += 1;
        },
      };
    },
  };
}

function lastly(codes: readonly number[], last: ReadonlySet<number>): number[] {
  return [...codes.filter((code) => !last.has(code)), ...codes.filter((code) => last.has(code))];
}
