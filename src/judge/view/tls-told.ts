import type { TlsFacts, TlsProtocol } from '../../model/facts/tls.ts';

/**
 * What facts say to a question of yes or no: `evidence` for the yes, and the facts that a no would still need. Both
 * empty: no. JSON pointers into the stored facts.
 */
export type Told = {
  readonly evidence: readonly { readonly at: string; readonly saw: unknown }[];
  readonly missing: readonly string[];
};

export const denied: Told = { evidence: [], missing: [] };
export const shown = (at: string, saw: unknown): Told => ({ evidence: [{ at, saw }], missing: [] });
export const lacking = (at: string): Told => ({ evidence: [], missing: [at] });

export const isNo = ({ evidence, missing }: Told) => evidence.length === 0 && missing.length === 0;

/** Yes when any part says yes, no when every part does. */
export function all(parts: readonly Told[]): Told {
  return { evidence: parts.flatMap(({ evidence }) => evidence), missing: parts.flatMap(({ missing }) => missing) };
}

/** The items that match, as evidence. */
export function where<T>(items: readonly T[], at: string, matches: (item: T) => boolean): Told['evidence'] {
  return items.flatMap((saw, index) => (matches(saw) ? [{ at: `${at}/${index}`, saw }] : []));
}

/** A no when none of the versions is spoken. */
export function noneSpoken({ protocols }: TlsFacts, versions: readonly TlsProtocol[]): Told {
  return all(
    versions.map((version) => {
      const offered = protocols[version]?.offered;
      if (offered === undefined) return lacking(`/protocols/${version}`);
      return offered ? shown(`/protocols/${version}/offered`, true) : denied;
    }),
  );
}
