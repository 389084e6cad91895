import { parseCpe, type Cpe } from '../cpe.ts';
import { asList, asText, field } from '../plain.ts';

/** One product and range that a CVE says is vulnerable. */
export type Applies = {
  readonly vendor: string;
  readonly product: string;
  /** The one version meant, its update appended (`9.2p1`); absent when a range or every version is. */
  readonly exact?: string;
  readonly fromIncluding?: string;
  readonly fromExcluding?: string;
  readonly toIncluding?: string;
  readonly toExcluding?: string;
  /** What else must be there: an AND with a platform, an edition, a target; a banner does not show it. */
  readonly needs?: string;
};

const mostNeeds = 300;

/**
 * The vulnerable products of one CVE. `configurations[]` are alternatives; within one, `nodes[]` are joined by its operator
 * (OR when absent), within a node `cpeMatch[]` by the node's. What stands beside a match under an AND becomes `needs`; so does
 * the rest of the CPE name that a banner does not tell. A negated node cannot be shown by a banner either.
 */
export function appliesOf(configurations: unknown): readonly Applies[] {
  return asList(configurations).flatMap((configuration) => {
    const nodes = asList(field(configuration, 'nodes'));
    const joined = field(configuration, 'operator') === 'AND';
    const negated = field(configuration, 'negate') === true;
    return nodes.flatMap((node) => {
      if (field(node, 'negate') === true) return [];
      const beside = joined ? nodes.filter((one) => one !== node).map(wordsOf) : [];
      return matchesOf(node, negated ? [...beside, 'another product absent'] : beside);
    });
  });
}

function matchesOf(node: unknown, beside: readonly string[]): readonly Applies[] {
  const matches = asList(field(node, 'cpeMatch'));
  const joined = field(node, 'operator') === 'AND';
  return matches.flatMap((match) => {
    if (field(match, 'vulnerable') !== true) return [];
    const cpe = parseCpe(asText(field(match, 'criteria')) ?? '');
    if (cpe === undefined) return [];
    const others = joined ? matches.filter((one) => one !== match).map(nameOf) : [];
    return [{ ...rangeOf(match, cpe), ...needsOf([...beside, ...others, ...ownNeeds(cpe)]) }];
  });
}

function rangeOf(match: unknown, cpe: Cpe): Applies {
  const bound = (name: string) => asText(field(match, name), 100)?.toLowerCase();
  const [fromIncluding, fromExcluding] = [bound('versionStartIncluding'), bound('versionStartExcluding')];
  const [toIncluding, toExcluding] = [bound('versionEndIncluding'), bound('versionEndExcluding')];
  const exact = cpe.version === '*' ? undefined : withUpdate(cpe.version, cpe.update);
  return {
    vendor: cpe.vendor,
    product: cpe.product,
    ...(exact === undefined ? {} : { exact }),
    ...(fromIncluding === undefined ? {} : { fromIncluding }),
    ...(fromExcluding === undefined ? {} : { fromExcluding }),
    ...(toIncluding === undefined ? {} : { toIncluding }),
    ...(toExcluding === undefined ? {} : { toExcluding }),
  };
}

/** `9.2` and `p1` as a banner writes them, `9.2p1`. */
function withUpdate(version: string, update: string): string {
  return update === '*' || update === '-' ? version : `${version}${update}`;
}

/** Parts of the name that say where the product runs or which edition is meant. */
function ownNeeds(cpe: Cpe): readonly string[] {
  const told = (label: string, value: string) => (value === '*' || value === '-' ? [] : [`${label} ${value}`]);
  return [...told('edition', cpe.edition), ...told('edition', cpe.softwareEdition), ...told('on', cpe.targetSoftware)];
}

function needsOf(words: readonly string[]): { readonly needs?: string } {
  const needs = words.filter((word) => word !== '').join(' and ');
  return needs === '' ? {} : { needs: needs.length > mostNeeds ? `${needs.slice(0, mostNeeds)}…` : needs };
}

function wordsOf(node: unknown): string {
  const names = [...new Set(asList(field(node, 'cpeMatch')).map(nameOf))];
  const shown = names.slice(0, 5).join(' or ');
  const words = names.length > 5 ? `${shown} or ${names.length - 5} more` : shown;
  return field(node, 'negate') === true ? `not (${words})` : words;
}

function nameOf(match: unknown): string {
  const cpe = parseCpe(asText(field(match, 'criteria')) ?? '');
  return cpe === undefined ? 'an unnamed platform' : `${cpe.vendor}:${cpe.product}`;
}
