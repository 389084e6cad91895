import { Type, type Static } from '@sinclair/typebox';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { cspFaultView, cspSourceView, evaluatePolicy, roomForSources } from './csp-findings.ts';
import { metaGapsOf, metaGapsView, type MetaPolicy } from './csp-meta.ts';
import { nonceView, noncesOf } from './csp-nonce.ts';
import {
  allowsAnyHost,
  allowsInline,
  allowsKeyword,
  first,
  isAnyHost,
  parsePolicy,
  scriptAttributes,
  scriptElements,
  withoutHeaderOnly,
  type ParsedPolicy,
  type Policy,
} from './csp-policy.ts';

/**
 * What the enforced policies of one answer come to, by CSP Level 3: those of its headers (a comma begins another) and those
 * of `<meta>` tags in its head, without the directives that count in a header alone. All of them apply: something may
 * happen only where every one of them lets it.
 */
const cspView = Type.Object(
  {
    /** All values as sent, joined. */
    value: text(65_536),
    /** Where they stand. */
    from: oneOf(['header', 'meta', 'both']),
    /** Some policy says where scripts may come from (`script-src`, or `default-src` in its place). */
    limitsScripts: Type.Boolean(),
    /** A script written into the page runs without nonce or hash. */
    inlineScripts: Type.Boolean(),
    /** Text may be run as script (`'unsafe-eval'`). */
    evalScripts: Type.Boolean(),
    /** Scripts may come from any host, or from `data:`. */
    anyHostScripts: Type.Boolean(),
    /** Some policy says what styles may be used, and none keeps out those written into the page. */
    inlineStyles: Type.Boolean(),
    /** Some policy says where plug-ins may come from. */
    limitsObjects: Type.Boolean(),
    limitsBaseUri: Type.Boolean(),
    /** Some policy says where forms may be sent; `default-src` does not. */
    limitsForms: Type.Boolean(),
    /** Some policy lets no bare string become script (`require-trusted-types-for 'script'`). */
    trustedTypes: Type.Boolean(),
    /** Any site may frame the page as far as these policies go. */
    anyAncestor: Type.Boolean(),
    /** Requests over http are sent over https instead. */
    upgrades: Type.Boolean(),
  },
  closed,
);

/** What stands in the same policies, part by part. */
export const cspPartsView = Type.Object(
  {
    /** Names of the directives, of all policies. */
    directives: list(text(64), 100),
    /** Sources of `frame-ancestors`, of all policies; null when none has it. */
    frameAncestors: Type.Union([list(text(1024), 200), Type.Null()]),
    nonces: list(nonceView, 50),
    /**
     * Hosts allowed for scripts on which anybody can find a way round: by csp_evaluator's list, where every policy that
     * limits scripts allows one. Empty: none of them is on that list, which is all that can be said. Absent: there were more
     * sources than we look at.
     */
    bypassHosts: Type.Optional(list(cspSourceView, 100)),
    /** Sources with `http://`, of all policies. */
    httpSources: list(cspSourceView, 100),
    /** Directives that browsers have dropped. */
    dropped: list(text(64), 20),
    /** What a browser cannot read, of all policies. */
    faults: list(cspFaultView, 100),
    /** What the policies in `<meta>` cannot do; null when there are none. */
    meta: Type.Union([metaGapsView, Type.Null()]),
    /** Where breaches are reported to: `report-uri`, and the groups of `report-to`. */
    reportUris: list(text(1024), 20),
    reportGroups: list(text(64), 20),
  },
  closed,
);
export type CspParts = Static<typeof cspPartsView>;
export type Csp = Static<typeof cspView> & CspParts;

/** What further policies can only narrow: the value that stands whatever they say. */
const settled: Readonly<Partial<Record<keyof Csp, boolean>>> = {
  limitsScripts: true,
  inlineScripts: false,
  evalScripts: false,
  anyHostScripts: false,
  limitsObjects: true,
  limitsBaseUri: true,
  limitsForms: true,
  trustedTypes: true,
  anyAncestor: false,
  upgrades: true,
};

/** What the page's view says of policies when all were read, or of those in sight when there may be more. */
export const cspSummary = Type.Partial(cspView, closed);

/** What policies come to; `more`: there may be others, so that only what they cannot undo is told. */
export function summaryOf(csp: Csp, more: boolean): Static<typeof cspSummary> {
  const entries = Object.entries(csp).filter(([name, value]) => {
    if (!(name in cspView.properties)) return false;
    return !more || typeof value === 'string' || settled[name as keyof Csp] === value;
  });
  return Object.fromEntries(entries);
}

/** What stands in them. */
export function partsOf(csp: Csp): CspParts {
  return Object.fromEntries(Object.entries(csp).filter(([name]) => name in cspPartsView.properties)) as CspParts;
}

/** A policy that applies, and whether a header states it. */
type Enforced = { readonly parsed: ParsedPolicy; readonly policy: Policy; readonly byHeader: boolean };

/** The policies that apply to an answer. */
export function enforcedPolicies(headers: readonly string[], metas: readonly MetaPolicy[]): readonly Enforced[] {
  const parse = (value: string) => value.split(',').map(parsePolicy);
  const byHeader = headers.flatMap(parse).map((parsed) => ({ parsed, policy: parsed.policy, byHeader: true }));
  const byMeta = metas
    .filter(({ inHead }) => inHead)
    .map(({ content }) => parsePolicy(content))
    .map((parsed) => ({ parsed, policy: withoutHeaderOnly(parsed.policy), byHeader: false }));
  return [...byHeader, ...byMeta].filter(({ policy }) => policy.size > 0).slice(0, 50);
}

/** Reads the policies of headers and metas together; null when none of them says anything. */
export function parseCsp(headers: readonly string[], metas: readonly MetaPolicy[] = []): Csp | null {
  const enforced = enforcedPolicies(headers, metas);
  if (enforced.length === 0) return null;
  const policies = enforced.map(({ policy }) => policy);
  const all = (holds: (policy: Policy) => boolean) => policies.every(holds);
  const some = (holds: (policy: Policy) => boolean) => policies.some(holds);
  return {
    value: [...headers, ...metas.map(({ content }) => content)].join(', ').slice(0, 65_536),
    from: placeOf(enforced),
    directives: distinct(
      policies.flatMap((policy) => [...policy.keys()]).map((name) => name.slice(0, 64)),
      100,
    ),
    limitsScripts: some((policy) => scriptElements(policy) !== undefined),
    inlineScripts: all((policy) => allowsInline(scriptElements(policy)) || allowsInline(scriptAttributes(policy))),
    evalScripts: all((policy) => allowsKeyword(first(policy, 'script-src', 'default-src'), "'unsafe-eval'")),
    anyHostScripts: all((policy) => allowsAnyHost(scriptElements(policy))),
    inlineStyles: some((policy) => styles(policy) !== undefined) && all((policy) => allowsInline(styles(policy))),
    limitsObjects: some((policy) => first(policy, 'object-src', 'default-src') !== undefined),
    limitsBaseUri: some((policy) => policy.has('base-uri')),
    limitsForms: some((policy) => policy.has('form-action')),
    trustedTypes: some((policy) => policy.get('require-trusted-types-for')?.includes("'script'") === true),
    ...ancestorsOf(policies),
    upgrades: some((policy) => policy.has('upgrade-insecure-requests')),
    nonces: noncesOf(policies),
    ...evaluated(enforced),
    meta: metaGapsOf(metas),
    reportUris: valuesOf(policies, 'report-uri').map((uri) => uri.slice(0, 1024)),
    reportGroups: valuesOf(policies, 'report-to').map((group) => group.slice(0, 64)),
  };
}

const valuesOf = (policies: readonly Policy[], name: string) =>
  distinct(
    policies.flatMap((policy) => policy.get(name) ?? []),
    20,
  );
const styles = (policy: Policy) => first(policy, 'style-src', 'default-src');

function placeOf(enforced: readonly Enforced[]): Csp['from'] {
  const byHeader = enforced.some((one) => one.byHeader);
  return byHeader && enforced.some((one) => !one.byHeader) ? 'both' : byHeader ? 'header' : 'meta';
}

function ancestorsOf(policies: readonly Policy[]): Pick<Csp, 'frameAncestors' | 'anyAncestor'> {
  const ancestors = policies.flatMap((policy) => {
    const sources = policy.get('frame-ancestors');
    return sources === undefined ? [] : [sources];
  });
  const sources = ancestors.flat().map((source) => source.slice(0, 1024));
  return {
    frameAncestors: ancestors.length === 0 ? null : sources.slice(0, 200),
    anyAncestor: ancestors.every((each) => each.some(isAnyHost)),
  };
}

/** What csp_evaluator finds, over all policies; a way round one policy is none while another stands. */
function evaluated(enforced: readonly Enforced[]): Pick<Csp, 'bypassHosts' | 'httpSources' | 'dropped' | 'faults'> {
  const room = roomForSources();
  const found = enforced.map(({ parsed, policy }) => ({
    limits: scriptElements(policy) !== undefined,
    ...evaluatePolicy(parsed, policy, room),
  }));
  const limiting = found.filter(({ limits }) => limits);
  const roundAll = limiting.every(({ bypassHosts }) => bypassHosts.length > 0);
  const bypassHosts = roundAll ? limiting.flatMap((one) => one.bypassHosts).slice(0, 100) : [];
  return {
    ...((bypassHosts.length > 0 || !room.cut) && { bypassHosts }),
    httpSources: found.flatMap(({ httpSources }) => httpSources).slice(0, 100),
    dropped: distinct(
      found.flatMap(({ dropped }) => dropped),
      20,
    ),
    faults: found.flatMap(({ faults }) => faults).slice(0, 100),
  };
}

function distinct(all: readonly string[], most: number): string[] {
  return [...new Set(all)].slice(0, most);
}
