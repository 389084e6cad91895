import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileChecks } from '../../../../src/judge/compile.ts';
import { judgeTarget } from '../../../../src/judge/judge.ts';
import { readChecks } from '../../../../src/judge/read.ts';
import type { HttpFacts } from '../../../../src/model/facts/http.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import type { Observation } from '../../../../src/model/observation.ts';
import { packageRoot } from '../../../../src/model/package-root.ts';
import type { HttpProbeOptions } from '../../../../src/probe/http/probe.ts';
import { createPathsPart } from '../../../../src/probe/http/paths/ask-paths.ts';
import { observeWeb } from '../observe-web.ts';

const checks = compileChecks(await readChecks([fileURLToPath(new URL('checks/web', packageRoot))])).filter(
  ({ check }) => JSON.stringify(check.rule).includes('"paths"'),
);

/** What a look at the paths of one server came to. */
export type PathsSeen = {
  readonly facts: HttpFacts;
  readonly findings: readonly Finding[];
  readonly checksWith: (outcome: Finding['outcome']) => readonly string[];
};

/** Observes the chains and the paths of an http server on a loopback address, and judges what the paths say. */
export async function observePaths(address: string, options: HttpProbeOptions = {}, port = 8080): Promise<PathsSeen> {
  const url = `http://${address}:${port}/`;
  const facts = await observeWeb({ url, address, options: { parts: [createPathsPart()], ...options } });
  const key = `${url} [${address}]`;
  const target = { key, kind: 'web', system: 'sys', endpoint: { kind: 'web', url }, address } as const;
  const at = new Date().toISOString();
  const observation = { kind: 'http', target: key, zone: 'test', at, ms: 1, probe: 'http/2', ok: true, facts };
  const findings = judgeTarget(checks, {
    target,
    observations: [observation as unknown as Observation],
    kinds: ['http'],
    reference: {},
  });
  return {
    facts,
    findings,
    checksWith: (outcome) =>
      findings
        .filter((one) => one.outcome === outcome)
        .map(({ check }) => check)
        .sort(),
  };
}

/** The request lines of a server's log in the order received. */
export function requestsIn(log: string): readonly string[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => /"(\S+ \S+) HTTP/.exec(line)?.[1] ?? []);
}
