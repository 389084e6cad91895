import { CspEvaluator, DEFAULT_CHECKS, STRICTCSP_CHECKS } from 'csp_evaluator/dist/evaluator.js';
import { checkHasConfiguredReporting } from 'csp_evaluator/dist/checks/security_checks.js';
import { Type } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { describe, expect, it } from 'vitest';
import { judgeSite } from './judge-web.ts';
import type { AnchorRule } from './rule.ts';

type Row = AnchorRule<string>;

const documented = 'google/csp-evaluator, finding.ts';
const strict = "script-src 'nonce-rAnd0mrAnd0mrAnd0mrAnd' 'strict-dynamic'";

const rule = (name: keyof typeof Type, check: string, given: string, because?: string): Row => ({
  ...{ rule: name, documented, check, given, ours: 'fail', theirs: 'found' },
  ...(because !== undefined && { because }),
});
/** What they find and we ask no question about, or answer otherwise. */
const differs = (
  row: Omit<Row, 'documented' | 'theirs'> & { readonly theirs?: string; readonly because: string },
): Row => ({
  ...{ documented, theirs: 'found' },
  ...row,
});

/** One row for each type of finding that it documents; `theirs` is checked by running it. */
const rows: readonly Row[] = [
  rule('MISSING_SEMICOLON', 'csp-syntax', "default-src 'self' script-src 'self'"),
  rule('UNKNOWN_DIRECTIVE', 'csp-directives', "scripts-src 'self'; script-src 'self'"),
  rule('INVALID_KEYWORD', 'csp-syntax', "script-src self; object-src 'non'"),
  rule('NONCE_CHARSET', 'csp-syntax', "script-src 'nonce-with.dots'"),
  rule('MISSING_DIRECTIVES', 'csp-object-sources', "script-src 'self'"),
  rule('SCRIPT_UNSAFE_INLINE', 'csp-inline-scripts', "script-src 'unsafe-inline'"),
  rule('SCRIPT_UNSAFE_EVAL', 'csp-eval-scripts', "script-src 'self' 'unsafe-eval'"),
  rule('PLAIN_URL_SCHEMES', 'csp-script-sources', 'script-src https:'),
  rule('PLAIN_WILDCARD', 'csp-script-sources', 'script-src *'),
  rule('SCRIPT_ALLOWLIST_BYPASS', 'csp-bypass-hosts', 'script-src https://ajax.googleapis.com'),
  differs({
    rule: 'SCRIPT_ALLOWLIST_BYPASS',
    check: 'csp-bypass-hosts',
    given: "script-src 'self' https://cdn.tinh.example",
    ours: 'pass',
    because: "'self' and hosts without a known way round are told there as possible; that is no evidence of one",
  }),
  differs({
    rule: 'OBJECT_ALLOWLIST_BYPASS',
    check: 'csp-object-sources',
    given: "script-src 'self'; object-src https://vk.com",
    ours: 'pass',
    because: 'the ways round are Flash files, which no browser of today runs',
  }),
  rule('NONCE_LENGTH', 'csp-nonce-length', "script-src 'nonce-abc'"),
  differs({
    rule: 'NONCE_LENGTH',
    check: 'csp-nonce-length',
    given: "script-src 'nonce-abcdefghijkl'",
    ours: 'fail',
    theirs: 'not found',
    because: '12 characters hold 72 bits; the standard recommends 128 (CSP3, 7.1), they ask for 8 characters',
  }),
  rule('IP_SOURCE', 'csp-syntax', 'script-src 10.0.0.1'),
  rule('DEPRECATED_DIRECTIVE', 'csp-directives', "script-src 'self'; reflected-xss block"),
  rule('SRC_HTTP', 'csp-http-sources', 'script-src http://cdn.tinh.example'),
  differs({
    rule: 'SRC_NO_PROTOCOL',
    check: null,
    given: 'script-src cdn.tinh.example',
    ours: null,
    theirs: 'not found',
    because:
      'a host without a scheme means that of the page or a safer one (CSP3, 6.7.2); it is in their list and in no check',
  }),
  differs({
    rule: 'EXPERIMENTAL',
    check: null,
    given: "script-src 'self'",
    ours: null,
    theirs: 'not found',
    because: 'in their list and in no check',
  }),
  differs({
    rule: 'WILDCARD_URL',
    check: null,
    given: 'script-src https://*.tinh.example',
    ours: null,
    theirs: 'not found',
    because: 'in their list and in no check; csp-bypass-hosts looks below wildcards too',
  }),
  differs({
    rule: 'X_FRAME_OPTIONS_OBSOLETED',
    check: null,
    given: "frame-ancestors 'self'",
    ours: null,
    theirs: 'not found',
    because: 'in their list and in no check; header-agreement compares the two headers',
  }),
  differs({
    rule: 'STYLE_UNSAFE_INLINE',
    check: 'csp-inline-styles',
    given: "script-src 'self'; style-src 'unsafe-inline'",
    ours: 'fail',
    theirs: 'not found',
    because: 'in their list and in no check; we tell it as information',
  }),
  differs({
    rule: 'STATIC_NONCE',
    check: 'csp-nonce-reuse',
    given: strict,
    ours: 'not-observed',
    theirs: 'not found',
    because: 'in their list and in no check: one policy cannot show it; we compare the answers that came',
  }),
  differs({
    rule: 'SCRIPT_UNSAFE_HASHES',
    check: null,
    given: "script-src 'self' 'unsafe-hashes' 'sha256-AbC+/='",
    ours: null,
    because: 'the hashes name exactly the handlers that may run, so that an attacker can bring none of his own',
  }),
  differs({
    rule: 'STRICT_DYNAMIC',
    check: 'csp-script-sources',
    given: 'script-src https://cdn.tinh.example',
    ours: 'pass',
    because: 'a list of own hosts is no fault by itself; what is known of hosts is told by csp-bypass-hosts',
  }),
  differs({
    rule: 'STRICT_DYNAMIC_NOT_STANDALONE',
    check: 'csp-inline-blocked',
    given: "script-src 'strict-dynamic'",
    ours: 'fail',
    because: 'told where the page has scripts that it stops, since it then does not work',
  }),
  differs({
    rule: 'NONCE_HASH',
    check: null,
    given: strict,
    ours: null,
    theirs: 'not found',
    because: 'in their list and in no check',
  }),
  differs({
    rule: 'UNSAFE_INLINE_FALLBACK',
    check: 'csp-inline-scripts',
    given: strict,
    ours: 'pass',
    because: "browsers without nonces are gone; 'unsafe-inline' beside one is neither asked for nor punished",
  }),
  differs({
    rule: 'ALLOWLIST_FALLBACK',
    check: 'csp-script-sources',
    given: strict,
    ours: 'pass',
    because: "browsers without 'strict-dynamic' are gone; https: beside it is neither asked for nor punished",
  }),
  differs({
    rule: 'IGNORED',
    check: 'csp-inline-scripts',
    given: `${strict} 'unsafe-inline' https:`,
    ours: 'pass',
    because: 'both say the same: what is ignored does no harm',
  }),
  rule('REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS', 'csp-trusted-types', "script-src 'self'"),
  rule('REPORTING_DESTINATION_MISSING', 'csp-reporting', "script-src 'self'"),
  rule('REPORT_TO_ONLY', 'csp-reporting', "script-src 'self'; report-to nobody"),
];

/** Types that csp_evaluator finds in a policy, by every check of its own. */
function foundBy(policy: string): ReadonlySet<string> {
  const checks = [...DEFAULT_CHECKS, ...STRICTCSP_CHECKS, checkHasConfiguredReporting];
  const findings = new CspEvaluator(new CspParser(policy).csp).evaluate(undefined, checks);
  return new Set(findings.map(({ type }) => Type[type]));
}

describe('CSP Evaluator', () => {
  it.each(rows)('$rule, $given: $ours by $check', ({ rule: type, check, given, ours, theirs, because }) => {
    expect(foundBy(given).has(type)).toBe(theirs === 'found');
    if ((ours === 'fail') !== (theirs === 'found')) expect(because).toBeDefined();
    if (check === null) return;
    const headers = { 'Content-Security-Policy': given };
    const finding = judgeSite({ headers, html: '<body><script>1</script>' }).get(check);
    expect(finding?.outcome).toBe(ours);
  });

  it('every type that it documents has its row', () => {
    const types = Object.keys(Type).filter((name) => Number.isNaN(Number(name)));
    expect(types.filter((name) => !rows.some((row) => row.rule === name))).toEqual([]);
    expect(types.length).toBeGreaterThanOrEqual(28);
  });

  it('its throw on a host that is none reaches nobody', () => {
    expect(() => foundBy('script-src https://[')).toThrow(/URL/);
    expect(
      judgeSite({ headers: { 'Content-Security-Policy': 'script-src https://[' } }).get('csp-syntax')?.outcome,
    ).toBe('fail');
  });
});
