import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const source = 'src/engine/units';
const folder = mkdtempSync(join(tmpdir(), 'rasoat-units-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The units as they are installed, but for the place of the program, which is where this one is. */
for (const name of readdirSync(source)) {
  const text = readFileSync(join(source, name), 'utf8').replaceAll('/usr/bin/rasoat', resolve('bin/rasoat.cjs'));
  writeFileSync(join(folder, name), text);
}
const services = readdirSync(folder).filter((name) => name.endsWith('.service'));

async function verify(...names: readonly string[]): Promise<string> {
  const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` };
  const files = names.map((name) => join(folder, name));
  return run('systemd-analyze', ['verify', '--man=no', ...files], { env }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: unknown) => String((error as { stderr?: string }).stderr ?? error),
  );
}

/** What it says of our own units; the machine's are not ours to mend. */
const ofOurs = (said: string): readonly string[] => said.split('\n').filter((line) => line.includes('rasoat'));

describe('the systemd units', () => {
  it('are four services and a timer that systemd finds nothing wrong with', async () => {
    expect(services).toEqual([
      'rasoat-agent.service',
      'rasoat-due.service',
      'rasoat-serve.service',
      'rasoat-worker.service',
    ]);
    expect(ofOurs(await verify(...services, 'rasoat-due.timer'))).toEqual([]);
  });

  it('would be told of a key that systemd does not know', async () => {
    const bad = readFileSync(join(folder, 'rasoat-serve.service'), 'utf8').replace('UMask=', 'UMaks=');
    writeFileSync(join(folder, 'rasoat-bad.service'), bad);
    expect(ofOurs(await verify('rasoat-bad.service')).join()).toContain('UMaks');
  });

  it.each(services)('%s leaves little to whoever breaks in', async (name) => {
    const { stdout } = await run('systemd-analyze', ['security', '--offline=yes', '--no-pager', join(folder, name)]);
    const exposure = Number(/Overall exposure level for [^:]+: ([\d.]+)/.exec(stdout)?.[1]);
    // 10 is an unhardened service; below 4 systemd calls it OK or better.
    expect(exposure).toBeLessThan(3);
  });

  it('look every ten minutes on the province’s clock', async () => {
    const timer = readFileSync(join(source, 'rasoat-due.timer'), 'utf8');
    const calendar = /^OnCalendar=(.*)$/m.exec(timer)?.[1] ?? '';
    const { stdout } = await run('systemd-analyze', ['calendar', '--iterations=2', calendar]);
    const instants = [...stdout.matchAll(/(\d{2}):(\d{2}):00 (UTC|\+07)/g)].map(([, , minute]) => Number(minute) % 10);
    expect(instants.length).toBeGreaterThan(0);
    expect(instants.every((minute) => minute === 0)).toBe(true);
    expect(timer).toContain('Persistent=true');
  });
});
