import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileChecks } from '../../src/judge/compile.ts';
import { judgeTarget } from '../../src/judge/judge.ts';
import { readChecks } from '../../src/judge/read.ts';
import type { HttpFacts } from '../../src/model/facts/http.ts';
import type { WebAsked } from '../../src/model/facts/web-asks.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { page, rules, S, SIX, six, toHttps, type Site } from './internet-nl-web-rules.ts';

const compiled = compileChecks(await readChecks([fileURLToPath(new URL('checks/web/', packageRoot))]));

function outcomeOf(check: string, site: Site): string | undefined {
  const target = {
    key: S,
    kind: 'web',
    system: 'portal',
    endpoint: { kind: 'web', url: S },
    name: 'portal.example',
    address: '192.0.2.7',
    siblings: site.siblings ?? [SIX],
  } as const;
  const questions = (site.asked ?? [six]).map((each): WebAsked => ({ question: 'options', url: S, ...each }));
  const facts: HttpFacts = {
    secure: site.secure === undefined ? page() : site.secure,
    plain: site.plain === undefined ? toHttps : site.plain,
    asks: { questions },
  };
  const at = '2026-11-25T08:00:00.000Z';
  const common = { kind: 'http', target: S, zone: 'internet', at, ms: 1, probe: 'http/2', ok: true } as const;
  const findings = judgeTarget(compiled, {
    target,
    observations: [{ ...common, facts }],
    kinds: ['http'],
    reference: {},
  });
  return findings.find((finding) => finding.check === check)?.outcome;
}

describe('Internet.nl: IPv6, HTTPS and security options of a website', () => {
  it.each(rules)('$rule: $ours by $check', ({ check, given, ours, theirs, because }) => {
    if (check === null) expect([ours, because]).toEqual([null, expect.any(String)]);
    else expect(outcomeOf(check, given)).toBe(ours);
    if (ours !== /^(pass|fail)/.exec(theirs)?.[0]) expect(because).toBeDefined();
  });
});
