import { Type, type Static } from '@sinclair/typebox';
import { closed, list, text } from '../../model/schema.ts';

/**
 * What the enforced Content-Security-Policy headers of one answer come to, by CSP Level 3. Several policies apply
 * together: something may happen only where every one of them lets it.
 */
export const cspView = Type.Object(
  {
    /** All values as sent, joined. */
    value: text(65_536),
    /** Names of the directives, of all policies. */
    directives: list(text(64), 100),
    /** Some policy says where scripts may come from (`script-src`, or `default-src` in its place). */
    limitsScripts: Type.Boolean(),
    /** A script written into the page runs without nonce or hash. */
    inlineScripts: Type.Boolean(),
    /** Text may be run as script (`'unsafe-eval'`). */
    evalScripts: Type.Boolean(),
    /** Scripts may come from any host, or from `data:`. */
    anyHostScripts: Type.Boolean(),
    /** Some policy says where plug-ins may come from. */
    limitsObjects: Type.Boolean(),
    limitsBaseUri: Type.Boolean(),
    /** Sources of `frame-ancestors`, of all policies; null when none has it. */
    frameAncestors: Type.Union([list(text(1024), 200), Type.Null()]),
    /** Any site may frame the page as far as these policies go. */
    anyAncestor: Type.Boolean(),
  },
  closed,
);
export type Csp = Static<typeof cspView>;

/** One policy: directive names in lower case, each with its source expressions. */
type Policy = ReadonlyMap<string, readonly string[]>;

/** Reads the header's values together; null when no policy in them says anything. */
export function parseCsp(values: readonly string[]): Csp | null {
  const policies = values
    .flatMap((value) => value.split(','))
    .map(parsePolicy)
    .filter((policy) => policy.size > 0);
  if (policies.length === 0) return null;
  const all = (holds: (policy: Policy) => boolean) => policies.every(holds);
  const some = (holds: (policy: Policy) => boolean) => policies.some(holds);
  const ancestors = policies.flatMap((policy) => {
    const sources = policy.get('frame-ancestors');
    return sources === undefined ? [] : [sources];
  });
  return {
    value: values.join(', ').slice(0, 65_536),
    directives: [...new Set(policies.flatMap((policy) => [...policy.keys()]))]
      .map((name) => name.slice(0, 64))
      .slice(0, 100),
    limitsScripts: some((policy) => scriptElements(policy) !== undefined),
    inlineScripts: all((policy) => allowsInline(scriptElements(policy)) || allowsInline(scriptAttributes(policy))),
    evalScripts: all((policy) => allowsKeyword(first(policy, 'script-src', 'default-src'), "'unsafe-eval'")),
    anyHostScripts: all((policy) => allowsAnyHost(scriptElements(policy))),
    limitsObjects: some((policy) => first(policy, 'object-src', 'default-src') !== undefined),
    limitsBaseUri: some((policy) => policy.has('base-uri')),
    frameAncestors:
      ancestors.length === 0
        ? null
        : ancestors
            .flat()
            .map((source) => source.slice(0, 1024))
            .slice(0, 200),
    anyAncestor: ancestors.every((sources) => sources.some(isAnyHost)),
  };
}

/** https://www.w3.org/TR/CSP3/#parse-serialized-policy: the first directive of a name counts. */
function parsePolicy(serialised: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const part of serialised.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/);
    const key = name?.toLowerCase() ?? '';
    if (key !== '' && !policy.has(key)) policy.set(key, sources.map(lowerUnlessSecret));
  }
  return policy;
}

const nonceOrHash = /^'(nonce|sha256|sha384|sha512)-[A-Za-z0-9+/_-]+={0,2}'$/i;
const lowerUnlessSecret = (source: string) => (nonceOrHash.test(source) ? source : source.toLowerCase());

function first(policy: Policy, ...names: readonly string[]): readonly string[] | undefined {
  return names.map((name) => policy.get(name)).find((sources) => sources !== undefined);
}
const scriptElements = (policy: Policy) => first(policy, 'script-src-elem', 'script-src', 'default-src');
const scriptAttributes = (policy: Policy) => first(policy, 'script-src-attr', 'script-src', 'default-src');

function allowsKeyword(sources: readonly string[] | undefined, keyword: string): boolean {
  return sources === undefined || sources.includes(keyword);
}

/** https://www.w3.org/TR/CSP3/#allow-all-inline: a nonce, a hash or 'strict-dynamic' switches 'unsafe-inline' off. */
function allowsInline(sources: readonly string[] | undefined): boolean {
  if (sources === undefined) return true;
  const guarded = sources.some((source) => nonceOrHash.test(source) || source === "'strict-dynamic'");
  return !guarded && sources.includes("'unsafe-inline'");
}

/** 'strict-dynamic' makes browsers ignore hosts and schemes. */
function allowsAnyHost(sources: readonly string[] | undefined): boolean {
  if (sources === undefined) return true;
  if (sources.includes("'strict-dynamic'")) return false;
  return sources.some((source) => isAnyHost(source) || source === 'data:');
}

const isAnyHost = (source: string) => /^(\*|https?:|https?:\/\/\*|\*:\*|https?:\/\/\*:\*)$/.test(source);
