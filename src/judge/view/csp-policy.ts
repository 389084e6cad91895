/** One policy: directive names in lower case, each with its source expressions, keywords and hosts in lower case. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** A policy as one place of the answer states it, with what a browser cannot use of it. */
export type ParsedPolicy = {
  readonly policy: Policy;
  /** Names that came a second time; the first counts. */
  readonly repeated: readonly string[];
};

const nonceOrHash = /^'(nonce|sha256|sha384|sha512)-[A-Za-z0-9+/_-]+={0,2}'$/i;

/** https://www.w3.org/TR/CSP3/#parse-serialized-policy: the first directive of a name counts. */
export function parsePolicy(serialised: string): ParsedPolicy {
  const policy = new Map<string, readonly string[]>();
  const repeated: string[] = [];
  for (const part of serialised.split(';')) {
    const [name, ...sources] = part.trim().split(/\s+/);
    const key = name?.toLowerCase() ?? '';
    if (key === '') continue;
    if (policy.has(key)) repeated.push(key);
    else policy.set(key, sources.map(lowerUnlessSecret));
  }
  return { policy, repeated };
}

const lowerUnlessSecret = (source: string) => (nonceOrHash.test(source) ? source : source.toLowerCase());

/** Directives that count in a header alone (CSP3, 3.3). */
export const headerOnly = ['frame-ancestors', 'report-uri', 'sandbox'] as const;

/** A policy of a `<meta>` as browsers obey it. */
export function withoutHeaderOnly(policy: Policy): Policy {
  return new Map([...policy].filter(([name]) => !headerOnly.some((one) => one === name)));
}

/** The sources of the first directive that is there: `default-src` stands in for what is not. */
export function first(policy: Policy, ...names: readonly string[]): readonly string[] | undefined {
  return names.map((name) => policy.get(name)).find((sources) => sources !== undefined);
}
export const scriptElements = (policy: Policy) => first(policy, 'script-src-elem', 'script-src', 'default-src');
export const scriptAttributes = (policy: Policy) => first(policy, 'script-src-attr', 'script-src', 'default-src');

export const isNonce = (source: string) => source.startsWith("'nonce-") && nonceOrHash.test(source);
export const isHash = (source: string) => !isNonce(source) && nonceOrHash.test(source);

export function allowsKeyword(sources: readonly string[] | undefined, keyword: string): boolean {
  return sources === undefined || sources.includes(keyword);
}

/** https://www.w3.org/TR/CSP3/#allow-all-inline: a nonce, a hash or 'strict-dynamic' switches 'unsafe-inline' off. */
export function allowsInline(sources: readonly string[] | undefined): boolean {
  if (sources === undefined) return true;
  const guarded = sources.some((source) => nonceOrHash.test(source) || source === "'strict-dynamic'");
  return !guarded && sources.includes("'unsafe-inline'");
}

/** 'strict-dynamic' makes browsers ignore hosts and schemes. */
export function allowsAnyHost(sources: readonly string[] | undefined): boolean {
  if (sources === undefined) return true;
  if (sources.includes("'strict-dynamic'")) return false;
  return sources.some((source) => isAnyHost(source) || source === 'data:');
}

export const isAnyHost = (source: string) => /^(\*|https?:|https?:\/\/\*|\*:\*|https?:\/\/\*:\*)$/.test(source);
