import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compileChecks } from '../../src/judge/compile.ts';
import { judgeTarget } from '../../src/judge/judge.ts';
import { readChecks } from '../../src/judge/read.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { cpuMs } from '../setup/cpu.ts';
import { seen, suites, target, tlsFacts } from './build.ts';

test('two hundred checks judge five hundred targets within seconds, and twice the same', async () => {
  const tls = await readChecks([fileURLToPath(new URL('checks/tls/', packageRoot))]);
  const checks = Array.from({ length: 200 }, (_, index) => tls[index % tls.length]).filter((one) => one !== undefined);
  const compiled = compileChecks(checks);
  const many = {
    ...tlsFacts.protocols,
    'TLSv1.2': { offered: true, suites: [suites.gcm, suites.cbc, suites.rc4], complete: true as const },
  };
  const input = {
    target,
    observations: [seen('tls', { ...tlsFacts, protocols: many })],
    kinds: ['tls' as const],
    reference: {},
  };
  const first = judgeTarget(compiled, input);

  const ms = cpuMs(() => {
    for (let index = 0; index < 500; index += 1) judgeTarget(compiled, input);
  });

  expect(judgeTarget(compiled, input)).toEqual(first);
  // Time of the processor, for the machine is busy with other tests; alone it is well under a second.
  expect(ms).toBeLessThan(5000);
  console.info(`200 checks x 500 targets: ${ms.toFixed(0)} ms of the processor`);
});
