import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { isRefusal, rawPackets, type RawPackets } from '../../../src/probe/wire/raw-packets.ts';
import { testFolder } from '../ports/support.ts';

const folder = testFolder();
afterAll(() => {
  folder.remove();
});
const nmap = '/usr/bin/nmap';
const isRoot = process.getuid?.() === 0;
const module = fileURLToPath(new URL('../../../src/probe/wire/raw-packets.ts', import.meta.url));

/** What another process, with other rights, is told. */
function asked(path: string, ...rights: string[]): RawPackets {
  const script = `import { rawPackets } from ${JSON.stringify(module)}; console.log(JSON.stringify(await rawPackets(${JSON.stringify(path)})));`;
  const args = [...rights, process.execPath, '--input-type=module', '-e', script];
  return JSON.parse(execFileSync('/usr/bin/setpriv', args, { encoding: 'utf8' })) as RawPackets;
}

const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
/** A user other than root may not read this repository everywhere that it is checked out. */
const canBeNobody =
  isRoot &&
  spawnSync('/usr/bin/setpriv', [
    ...nobody,
    process.execPath,
    '-e',
    `require('node:fs').readFileSync(${JSON.stringify(module)})`,
  ]).status === 0;

describe.skipIf(!isRoot)('who may send raw packets (skipped: needs root to take rights away)', () => {
  it('root may, and needs no option', async () => {
    expect(asked(nmap)).toEqual(await rawPackets(nmap));
  });

  it('root of a container without CAP_NET_RAW may not', () => {
    expect(asked(nmap, '--bounding-set=-net_raw', '--inh-caps=-net_raw')).toEqual({
      allowed: false,
      reason: 'root without CAP_NET_RAW',
    });
  });

  it.skipIf(!canBeNobody)('a user may not', () => {
    expect(asked(nmap, ...nobody, '--inh-caps=-all')).toMatchObject({ allowed: false });
  });

  it.skipIf(!canBeNobody)('a user who was given the capability may, and nmap is told so', () => {
    const given = ['--inh-caps=+net_raw', '--ambient-caps=+net_raw'];
    expect(asked(nmap, ...nobody, ...given)).toEqual({ allowed: true, options: ['--privileged'] });
  });

  it.skipIf(!canBeNobody || !existsSync('/usr/sbin/setcap'))('an nmap whose file has it may', () => {
    const copy = join(folder.path, 'nmap');
    copyFileSync(nmap, copy);
    execFileSync('/bin/chmod', ['755', folder.path, copy]);
    execFileSync('/usr/sbin/setcap', ['cap_net_raw+eip', copy]);
    expect(asked(copy, ...nobody, '--inh-caps=-all')).toEqual({ allowed: true, options: ['--privileged'] });
  });
});

it.each([
  ['You requested a scan type which requires root privileges.', true],
  ["Couldn't open a raw socket. Error: (1) Operation not permitted", true],
  ['/usr/bin/nmap: ended by SIGSEGV: ', false],
])('%s is a refusal: %s', (words, is) => {
  expect(isRefusal(words)).toBe(is);
});
