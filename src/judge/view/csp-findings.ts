import { Type, type Static } from '@sinclair/typebox';
import {
  checkInvalidKeyword,
  checkMissingSemicolon,
  checkUnknownDirective,
} from 'csp_evaluator/dist/checks/parser_checks.js';
import {
  checkDeprecatedDirective,
  checkIpSource,
  checkNonceLength,
  checkScriptAllowlistBypass,
  checkSrcHttp,
} from 'csp_evaluator/dist/checks/security_checks.js';
import { Csp, Version } from 'csp_evaluator/dist/csp.js';
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity, Type as Found, type Finding } from 'csp_evaluator/dist/finding.js';
import { closed, oneOf, text } from '../../model/schema.ts';
import type { ParsedPolicy, Policy } from './csp-policy.ts';

export const cspSourceView = Type.Object({ directive: text(64), source: text(1024) }, closed);
type CspSource = Static<typeof cspSourceView>;

/**
 * What a browser cannot read in a policy and leaves out:
 * `directive` a name that none knows, `semicolon` a directive among sources, `keyword` quotes missing or a word unknown,
 * `nonce` characters that no nonce has, `source` no source at all, `address` an address, which browsers do not match (save
 * 127.0.0.1), `repeated` a directive that came before.
 */
const cspFaultKinds = ['directive', 'semicolon', 'keyword', 'nonce', 'source', 'address', 'repeated'] as const;
export const cspFaultView = Type.Object(
  { fault: oneOf(cspFaultKinds), directive: text(64), value: text(1024) },
  closed,
);
type CspFault = Static<typeof cspFaultView>;

export type PolicyFindings = {
  readonly bypassHosts: readonly CspSource[];
  readonly httpSources: readonly CspSource[];
  readonly dropped: readonly string[];
  readonly faults: readonly CspFault[];
};

/** Younger than csp_evaluator 1.1.8. */
const newDirectives: ReadonlySet<string> = new Set(['fenced-frame-src']);
const newKeywords = /^'(trusted-types-eval|report-sha(256|384|512)|unsafe-webtransport-hashes)'$/;
/** Dropped from CSP3 beside those that csp_evaluator names. */
const droppedToo = ['plugin-types', 'block-all-mixed-content', 'navigate-to', 'require-sri-for'] as const;

/**
 * Sources that may still be looked at in the policies of one answer: a site needs some dozens, and each costs a walk over
 * the list of hosts. `cut`: there were more.
 */
export type Room = { left: number; cut: boolean };
export const roomForSources = (): Room => ({ left: 500, cut: false });

/** csp_evaluator's findings of one policy, and our own beside them. Total over any policy. */
export function evaluatePolicy({ repeated }: ParsedPolicy, policy: Policy, room: Room): PolicyFindings {
  const { csp, unreadable } = toEvaluate(policy, room);
  const checks = [
    ...[checkScriptAllowlistBypass, checkSrcHttp, checkDeprecatedDirective, checkIpSource, checkNonceLength],
    ...[checkUnknownDirective, checkMissingSemicolon, checkInvalidKeyword],
  ];
  const findings = new CspEvaluator(csp, Version.CSP3).evaluate(undefined, checks);
  return {
    // Its other severities say that no way round is known, which proves nothing either way.
    bypassHosts: findings
      .filter(({ type, severity }) => type === Found.SCRIPT_ALLOWLIST_BYPASS && severity === Severity.HIGH)
      .map(sourceOf),
    httpSources: findings.filter(({ type }) => type === Found.SRC_HTTP).map(sourceOf),
    dropped: [
      ...findings.filter(({ type }) => type === Found.DEPRECATED_DIRECTIVE).map(({ directive }) => directive),
      ...droppedToo.filter((name) => policy.has(name)),
    ],
    faults: [
      ...findings.flatMap(faultOf),
      ...unreadable,
      ...repeated.map((name): CspFault => ({
        fault: 'repeated',
        directive: name.slice(0, 64),
        value: name.slice(0, 1024),
      })),
    ],
  };
}

const sourceOf = ({ directive, value }: Finding): CspSource => ({
  directive: directive.slice(0, 64),
  source: (value ?? '').slice(0, 1024),
});

const faultKinds: ReadonlyMap<Found, CspFault['fault']> = new Map([
  [Found.UNKNOWN_DIRECTIVE, 'directive'],
  [Found.MISSING_SEMICOLON, 'semicolon'],
  [Found.INVALID_KEYWORD, 'keyword'],
  [Found.NONCE_CHARSET, 'nonce'],
  [Found.IP_SOURCE, 'address'],
]);

function faultOf(finding: Finding): readonly CspFault[] {
  const fault = faultKinds.get(finding.type);
  const { directive, source } = sourceOf(finding);
  if (fault === undefined || newDirectives.has(directive) || newKeywords.test(source)) return [];
  // The one address that the standard lets match (CSP3, 6.7.2).
  if (fault === 'address' && /^(\w+:\/\/)?127\.0\.0\.1(:|\/|$)/.test(source)) return [];
  return [{ fault, directive, value: source === '' ? directive : source }];
}

/** Directives whose values are no sources. */
const notSources: ReadonlySet<string> = new Set([
  ...[
    'report-to',
    'report-uri',
    'sandbox',
    'plugin-types',
    'trusted-types',
    'require-trusted-types-for',
    'require-sri-for',
  ],
  ...['referrer', 'reflected-xss', 'webrtc', 'upgrade-insecure-requests', 'block-all-mixed-content'],
]);

/** The policy as csp_evaluator can read it: its URL parser throws on what is no URL, so that is told here. */
function toEvaluate(policy: Policy, room: Room): { readonly csp: Csp; readonly unreadable: readonly CspFault[] } {
  const csp = new Csp();
  const unreadable: CspFault[] = [];
  for (const [name, all] of policy) {
    if (name in Object.prototype) continue;
    const sources = [...new Set(all)];
    if (sources.length > room.left) room.cut = true;
    csp.directives[name] = sources.slice(0, room.left).filter((source) => {
      const quoted = source.startsWith("'");
      const readable = canBeUrl(source) && (quoted || notSources.has(name) || isSource(source));
      if (!readable && !notSources.has(name)) {
        const value = source.slice(0, 1024);
        unreadable.push({ fault: quoted ? 'keyword' : 'source', directive: name.slice(0, 64), value });
      }
      return readable;
    });
    room.left -= Math.min(room.left, sources.length);
  }
  return { csp, unreadable };
}

/** scheme-source or host-source (CSP3, 2.3.1), addresses in brackets let through to be told as such. */
function isSource(source: string): boolean {
  return /^(\*|[a-z][a-z0-9+.-]*:|([a-z][a-z0-9+.-]*:\/\/)?(\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(:(\d{1,5}|\*))?(\/\S*)?)$/i.test(
    source,
  );
}

/** What csp_evaluator makes a URL of, made here first. */
function canBeUrl(source: string): boolean {
  const bare = source.replace(/^\w[+\w.-]*:\/\//, '').replace(/^\/\//, '');
  return URL.canParse(`https://${bare.replace(':*', '').replace('*', 'wildcard_placeholder')}`);
}
