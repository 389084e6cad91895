import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hostTimeoutSeconds, nmapArgs, type NmapJob } from '../../../src/probe/wire/nmap-args.ts';
import { findNmap, runNmap } from '../../../src/probe/wire/nmap.ts';

const address = '127.0.33.20';
const limits = { connections: 20, perSecond: 1000 };
const job: NmapJob = { address, ports: [22, 80], limits };
const never = new AbortController().signal;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rasoat-fake-nmap-'));
  // Private files are made below here, where nobody else's can be mistaken for ours.
  vi.stubEnv('TMPDIR', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that says it is nmap and then does what `script` says; `$LIST` is the file of targets. */
function fakeNmap(script: string): string {
  const own = mkdtempSync(join(folder, 'bin-'));
  const path = join(own, 'nmap');
  const prelude = `#!/bin/sh
[ "$1" = --version ] && { echo 'Nmap version 7.99 ( https://nmap.invalid )'; exit 0; }
for LIST; do :; done
`;
  writeFileSync(path, prelude + script);
  chmodSync(path, 0o755);
  return own;
}

async function run(script: string, given: NmapJob = job, signal: AbortSignal = never) {
  const nmap = await findNmap(fakeNmap(script));
  if (nmap === null) throw new Error('the fake was not found');
  return runNmap(nmap, given, signal);
}
const failsWith = (code: string, detail = /./) => ({
  failure: { code, detail: expect.stringMatching(detail) as string },
});

const answered = (id: number) =>
  `<port protocol="tcp" portid="${id}"><state state="closed" reason="conn-refused"/></port>`;
const whole = `<nmaprun version="7.99"><host><ports>${answered(22)}${answered(80)}</ports></host><runstats><finished exit="success"/></runstats></nmaprun>`;
const leftBehind = () => readdirSync(folder).filter((name) => name.startsWith('rasoat-nmap-'));

describe('finding nmap', () => {
  it('takes the first that answers, with its version', async () => {
    const own = fakeNmap('');
    expect(await findNmap(`/nowhere:${own}:/usr/bin`)).toEqual({ path: join(own, 'nmap'), version: '7.99' });
  });

  it.each(['', '/nowhere', '.', 'relative/bin'])('finds none on PATH %j', async (path) => {
    expect(await findNmap(path)).toBeNull();
  });

  it('passes over a file that is not nmap', async () => {
    const own = mkdtempSync(join(folder, 'bin-'));
    writeFileSync(join(own, 'nmap'), '#!/bin/sh\necho hello\n', { mode: 0o755 });
    expect(await findNmap(own)).toBeNull();
  });
});

describe('the argument vector', () => {
  it('obeys the limits and holds nothing but our own words and numbers', () => {
    const args = nmapArgs({ address, ports: [22, 80], limits: { connections: 2, perSecond: 10 } }, '/tmp/list');
    expect(args.join(' ')).toBe(
      '-n -Pn -sT -p 22,80 --max-rate 10.000 --max-parallelism 2 --max-retries 1 --host-timeout 33s -oX - -iL /tmp/list',
    );
  });

  it('asks for version 6 and versions only when they are wanted', () => {
    expect(nmapArgs({ address: '2001:db8::1', ports: [1], limits }, 'f')).toContain('-6');
    expect(nmapArgs({ ...job, versions: true }, 'f')).toContain('--version-light');
    expect(nmapArgs(job, 'f')).not.toContain('-sV');
  });

  it('leaves time for every port to be silent at the slowest manners', () => {
    const slow = {
      address,
      ports: Array.from({ length: 120 }, (_, at) => at + 1),
      limits: { connections: 2, perSecond: 10 },
    };
    expect(hostTimeoutSeconds(slow)).toBeGreaterThan(180);
  });

  it.each([
    { ...job, address: 'localhost' },
    { ...job, address: '127.1' },
    { ...job, address: '0x7f.0.0.1' },
    { ...job, address: '10.0.0.0/8' },
    { ...job, address: '-iL/etc/passwd' },
    { ...job, address: '127.0.0.1\n10.0.0.1' },
    { ...job, address: 'fe80::1%eth0' },
    { ...job, address: '' },
    { ...job, ports: [] },
    { ...job, ports: [0] },
    { ...job, ports: [70_000] },
    { ...job, ports: [22.5] },
    { ...job, limits: { connections: 0, perSecond: 1 } },
    { ...job, limits: { connections: 1, perSecond: Number.NaN } },
  ])('refuses to be built for %j', async (bad) => {
    await expect(run(`echo '${whole}'`, bad)).rejects.toThrow(RangeError);
    expect(leftBehind()).toEqual([]);
  });
});

describe('running nmap', () => {
  it('hands the address over in a private file and takes the file away', async () => {
    const seen = join(folder, 'seen');
    await run(
      `{ stat -c %a "$LIST"; cat "$LIST"; echo "$LIST"; env | sort | cut -d= -f1; } > ${seen}; echo '${whole}'`,
    );
    const [mode, target, file = '', ...environment] = readFileSync(seen, 'utf8').trim().split('\n');
    expect([mode, target]).toEqual(['600', address]);
    expect(existsSync(file)).toBe(false);
    expect(environment.filter((name) => !['LC_ALL', 'PATH', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual([]);
  });

  it('counts one connection for an answer and the retries for silence', async () => {
    const silent = whole.replace('"closed" reason="conn-refused"', '"filtered" reason="no-response"');
    expect((await run(`echo '${whole}'`)).connections).toBe(2);
    expect((await run(`echo '${silent}'`)).connections).toBe(3);
  });

  it.each([
    ['is not there any more', `echo '${whole}'; rm -- "$0"; exit 127`, 'tool-missing', /code 127/],
    [
      'is refused a right',
      'echo "You requested a scan type which requires root privileges." >&2; exit 1',
      'tool-missing',
      /root privileges/,
    ],
    [
      'crashes midway',
      `printf '<nmaprun version="7.99"><host><ports>${answered(22)}'; kill -SEGV $$`,
      'tool-missing',
      /SIGSEGV/,
    ],
    ['crashes after its last word', `echo '${whole}'; kill -ABRT $$`, 'tool-missing', /SIGABRT/],
    ['breaks off', `printf '<nmaprun version="7.99"><host><ports>${answered(22)}'`, 'protocol', /XML/],
    ['says nothing', 'exit 0', 'protocol', /XML/],
    ['says something else', 'echo Hello; exit 0', 'protocol', /XML/],
    ['leaves out a port', `echo '${whole.replace(answered(80), '')}'`, 'protocol', /1 ports/],
    ['gives the host up', `echo '${whole.replace('<host>', '<host timedout="true">')}'`, 'timeout', /host/],
    ['floods', `printf '<nmaprun version="'; yes A | head -c 70000000`, 'too-large', /more than/],
  ] as const)('has no partial answer when nmap %s', async (_name, script, code, detail) => {
    await expect(run(script)).rejects.toMatchObject(failsWith(code, detail));
    expect(leftBehind()).toEqual([]);
  });

  it('does not wait for output after broken output', async () => {
    const startedAt = performance.now();
    await expect(run('echo Hello; exec sleep 60')).rejects.toMatchObject(failsWith('protocol'));
    expect(performance.now() - startedAt).toBeLessThan(50_000);
  });

  it('is told from a program that cannot be started', async () => {
    const gone = { path: join(folder, 'gone'), version: '7.99' };
    await expect(runNmap(gone, job, never)).rejects.toMatchObject(failsWith('tool-missing', /ENOENT/));
  });

  it.each([
    ['a stop', undefined, 'not-run'],
    // As AbortSignal.timeout gives it.
    ['the deadline', new DOMException('over', 'TimeoutError'), 'timeout'],
  ] as const)('ends the whole process group at %s', async (_name, reason, code) => {
    const pids = join(folder, `pids-${code}`);
    const stop = new AbortController();
    const running = run(`sleep 60 & echo "$! $$" > ${pids}.new; mv ${pids}.new ${pids}; wait`, job, stop.signal);
    const ended = expect(running).rejects.toMatchObject(failsWith(code));
    await expect.poll(() => existsSync(pids)).toBe(true);
    stop.abort(reason);
    await ended;
    for (const pid of readFileSync(pids, 'utf8').trim().split(' '))
      await expect.poll(() => isAlive(Number(pid))).toBe(false);
    expect(leftBehind()).toEqual([]);
  });

  it('starts nothing when it is stopped beforehand', async () => {
    const seen = join(folder, 'never');
    await expect(run(`sleep 0.2; echo x > ${seen}`, job, AbortSignal.abort())).rejects.toMatchObject(
      failsWith('not-run'),
    );
    await wait(300);
    expect(existsSync(seen)).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('the real nmap', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function listen(at: string, onData: string): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).on('data', () => undefined);
      socket.write(onData);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, at, resolve));
    const bound = server.address();
    return bound === null || typeof bound === 'string' ? 0 : bound.port;
  }

  it('tells open from closed, on IPv4 and IPv6', async () => {
    const nmap = await findNmap();
    if (nmap === null) throw new Error('nmap is not installed');
    for (const at of [address, '::1']) {
      const port = await listen(at, '');
      const free = port === 65_535 ? port - 1 : port + 1;
      const { scan, connections } = await runNmap(nmap, { address: at, ports: [port, free], limits }, never);
      expect([scan.ports.get(port)?.state, scan.ports.get(free)?.state, connections]).toEqual(['open', 'closed', 2]);
      expect(scan.version).toBe(nmap.version);
    }
  });

  it('counts the connections that -sV makes, and passes hostile words on as text', async () => {
    const nmap = await findNmap();
    if (nmap === null) throw new Error('nmap is not installed');
    const port = await listen(address, 'SSH-2.0-OpenSSH_9.2p1 Debian-<b>"&\u0001\r\n');
    let heard = 0;
    servers[0]?.on('connection', () => (heard += 1));
    const { scan, connections } = await runNmap(nmap, { address, ports: [port], limits, versions: true }, never);
    expect(scan.ports.get(port)?.service).toMatchObject({
      name: 'ssh',
      product: 'OpenSSH',
      version: expect.stringContaining('<b>"&') as string,
    });
    expect(connections).toBe(heard);
  });
});
