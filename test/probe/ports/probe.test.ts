import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { portsFacts } from '../../../src/model/facts/ports.ts';
import { FailureError } from '../../../src/model/failure.ts';
import { formatPortRanges } from '../../../src/probe/ports/port-ranges.ts';
import { createPortsProbe } from '../../../src/probe/ports/probe.ts';
import type { Wire } from '../../../src/probe/wire/wire.ts';
import { hostTarget, silentPort, tcpServer, testFolder, wireWith, type Running } from './support.ts';

const address = '127.0.33.32';
const never = new AbortController().signal;
const engines = ['nmap', 'connect'] as const;
const valid = new Ajv2020().compile(portsFacts);
const running: Running[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of running.splice(0)) await one.close();
});
async function serve(says: string, at = address) {
  const server = await tcpServer(at, 0, (socket) => {
    socket.on('data', () => undefined);
    if (says !== '') socket.write(says);
  });
  running.push(server);
  return server;
}
const ssh = 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n';

/** Puts a program before nmap on PATH that says it is nmap and then does what `script` says. */
function fakeNmap(script: string): void {
  const folder = testFolder();
  running.push({
    close: () => {
      folder.remove();
      return Promise.resolve();
    },
  });
  const answer = '[ "$1" = --version ] && { echo "Nmap version 7.99"; exit 0; }';
  writeFileSync(join(folder.path, 'nmap'), `#!/bin/sh\n${answer}\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', folder.path);
}

describe.each(engines)('the ports probe by %s', (engine) => {
  const observe = (
    ports: readonly number[],
    options: { target?: ReturnType<typeof hostTarget>; wire?: Wire; signal?: AbortSignal } = {},
  ) =>
    createPortsProbe({ engine, ports }).observe({
      target: options.target ?? hostTarget(address),
      wire: options.wire ?? wireWith(),
      signal: options.signal ?? never,
    });

  it('tells what is open, closed and silent, and what speaks', async () => {
    const speaking = await serve(ssh);
    const mute = await silentPort(address);
    running.push(mute);
    const facts = await observe([speaking.port, mute.port, 2, 3, 4]);
    expect(valid(facts)).toBe(true);
    expect(facts).toMatchObject({
      engine,
      asked: formatPortRanges([2, 3, 4, speaking.port, mute.port]),
      open: [{ port: speaking.port, service: 'ssh', product: 'openssh', version: '9.2p1', tls: false, banner: ssh }],
      closed: '2-4',
      silent: String(mute.port),
    });
  });

  it('asks the declared services besides, and greets them as declared', async () => {
    const server = await tcpServer(address, 0, (socket) =>
      socket.on('data', (data: Buffer) => socket.write(data.toString() === 'PING\r\n' ? '+PONG\r\n' : 'no\r\n')),
    );
    running.push(server);
    const target = hostTarget(address, [{ port: server.port, service: 'redis' }]);
    const facts = await observe([2], { target });
    expect(facts).toMatchObject({ asked: `2,${server.port}`, open: [{ port: server.port, service: 'redis' }] });
  });

  it('asks nothing that is not permitted, and says what was asked', async () => {
    const server = await serve('');
    const facts = await observe([1, 2, server.port], { wire: wireWith((_, port) => port <= 2) });
    expect(facts).toMatchObject({ asked: '1-2', open: [], closed: '1-2' });
    expect(server.heard()).toBe(0);
  });

  it('fails when no port is permitted', async () => {
    const server = await serve('');
    await expect(observe([server.port], { wire: wireWith(() => false) })).rejects.toMatchObject({
      failure: { code: 'not-permitted' },
    });
    expect(server.heard()).toBe(0);
  });

  it('takes a host without an answer for a fact', async () => {
    const mute = await silentPort(address);
    running.push(mute);
    expect(await observe([mute.port])).toMatchObject({ open: [], closed: '', silent: String(mute.port) });
  });

  it('fails at a stop that came before the first answer', async () => {
    const stopped = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    const error: unknown = await observe([1, 2], { signal: stopped }).catch((reason: unknown) => reason);
    expect(error instanceof FailureError ? error.failure.code : (error as Error).name).toMatch(
      /^timeout$|^TimeoutError$/,
    );
  });

  it('fails for a name without an address', async () => {
    const { address: _, ...target } = hostTarget(address);
    await expect(observe([1], { target })).rejects.toMatchObject({ failure: { code: 'dns' } });
  });
});

describe('the choice of engine', () => {
  const observe = (engine: 'auto' | 'nmap' | 'connect') =>
    createPortsProbe({ engine, ports: [2] }).observe({ target: hostTarget(address), wire: wireWith(), signal: never });

  it('takes nmap where it is installed', async () => {
    expect(await observe('auto')).toMatchObject({
      engine: 'nmap',
      engineVersion: expect.stringMatching(/^\d/) as string,
    });
  });

  it('falls back to our own scan where there is none', async () => {
    vi.stubEnv('PATH', '');
    expect(await observe('auto')).toEqual({ engine: 'connect', asked: '2', open: [], closed: '2', silent: '' });
  });

  it('fails where nmap is wanted and there is none', async () => {
    vi.stubEnv('PATH', '/nowhere');
    await expect(observe('nmap')).rejects.toMatchObject({ failure: { code: 'tool-missing' } });
  });
});

/** Under these the scan dials through the wire; under wider ones by threads. */
const narrow = { connections: 4, perSecond: 100 };

describe('a host that is not there', () => {
  const fails = { failure: { code: 'unreachable' } };

  it('is a failure by our own scan', async () => {
    const connect = (_: string, port: number) =>
      Promise.reject(new FailureError(port === 1 ? 'timeout' : 'unreachable', 'no route'));
    const request = { target: hostTarget(address), wire: { ...wireWith(undefined, narrow), connect }, signal: never };
    await expect(createPortsProbe({ engine: 'connect', ports: [1, 2] }).observe(request)).rejects.toMatchObject(fails);
  });

  it('is a failure by nmap', async () => {
    const state = (id: number) =>
      `<port protocol="tcp" portid="${id}"><state state="filtered" reason="host-unreach"/></port>`;
    const xml = `<nmaprun version="7"><host><ports>${state(1)}${state(2)}</ports></host><runstats><finished exit="success"/></runstats></nmaprun>`;
    // Where raw packets are sent the XML goes to a file, else to the output.
    fakeNmap(
      `while [ $# -gt 0 ]; do [ "$1" = -oX ] && OUT=$2; shift; done; [ "$OUT" = - ] || exec > "$OUT"; echo '${xml}'`,
    );
    const request = { target: hostTarget(address), wire: wireWith(), signal: never };
    await expect(createPortsProbe({ engine: 'nmap', ports: [1, 2] }).observe(request)).rejects.toMatchObject(fails);
  });

  it('is no failure where a single port answered', async () => {
    const connect = (_: string, port: number) =>
      Promise.reject(new FailureError(port === 1 ? 'refused' : 'unreachable', 'filtered'));
    const request = { target: hostTarget(address), wire: { ...wireWith(undefined, narrow), connect }, signal: never };
    expect(await createPortsProbe({ engine: 'connect', ports: [1, 2] }).observe(request)).toEqual({
      engine: 'connect',
      asked: '1-2',
      open: [],
      closed: '1',
      silent: '',
    });
  });
});

describe('an nmap that breaks', () => {
  const observe = (engine: 'auto' | 'nmap', wire: Wire) =>
    createPortsProbe({ engine, ports: [1, 2] }).observe({ target: hostTarget(address), wire, signal: never });

  it('does not stand in the way when the engine is ours to choose', async () => {
    fakeNmap('kill -SEGV $$');
    expect(await observe('auto', wireWith())).toMatchObject({ engine: 'connect', closed: '1-2' });
  });

  it('is told when nmap was asked for, and what it may have sent is counted', async () => {
    fakeNmap('sleep 0.2; kill -SEGV $$');
    const wire = wireWith();
    await expect(observe('nmap', wire)).rejects.toMatchObject({ failure: { code: 'tool-missing' } });
    expect(wire.costs()[0]?.connections).toBe(4);
  });

  it('gives no half of a scan', async () => {
    fakeNmap(`printf '<nmaprun version="7"><host><ports><port protocol="tcp" portid="1"><state state="open"/></port>'`);
    await expect(observe('auto', wireWith())).rejects.toMatchObject({ failure: { code: 'protocol' } });
  });
});

describe('both engines', () => {
  it('find the same open and closed ports, as many connections each', async () => {
    const servers = await Promise.all(Array.from({ length: 12 }, () => serve('x\n', '127.0.33.33')));
    const ports = [...servers.map(({ port }) => port), ...Array.from({ length: 300 }, (_, at) => at + 1)];
    const [byNmap, byConnect] = await Promise.all(
      engines.map(async (engine) => {
        const wire = wireWith();
        const request = { target: hostTarget('127.0.33.33'), wire, signal: never };
        const facts = await createPortsProbe({ engine, ports }).observe(request);
        return { facts, connections: wire.costs()[0]?.connections };
      }),
    );
    const { engine: _n, engineVersion: _v, method: _m, ...nmapFacts } = byNmap?.facts ?? ({} as never);
    const { engine: _c, ...connectFacts } = byConnect?.facts ?? ({} as never);
    expect(nmapFacts).toEqual(connectFacts);
    expect(connectFacts).toMatchObject({
      open: servers.map(({ port }) => ({ port })).toSorted((a, b) => a.port - b.port),
    });
    expect(byNmap?.connections).toBe(byConnect?.connections);
  });

  it('keep to two at a time and ten a second', async () => {
    const arrivals: number[] = [];
    let under = 0;
    let most = 0;
    const server = await tcpServer('127.0.33.34', 0, (socket) => {
      arrivals.push(performance.now());
      most = Math.max(most, (under += 1));
      socket.on('close', () => (under -= 1));
    });
    running.push(server);
    // Only one port is open, so what is counted here is few; the closed ones make the rate.
    const ports = [server.port, ...Array.from({ length: 14 }, (_, at) => at + 1)];
    for (const engine of engines) {
      const wire = wireWith(() => true, { connections: 2, perSecond: 10 });
      const startedAt = performance.now();
      await createPortsProbe({ engine, ports }).observe({ target: hostTarget('127.0.33.34'), wire, signal: never });
      expect(performance.now() - startedAt).toBeGreaterThan(1300);
      expect(wire.costs()[0]?.peakPerSecond).toBeLessThanOrEqual(10);
    }
    expect(most).toBeLessThanOrEqual(2);
  });
});

describe('a host that shows every port open', () => {
  it('is listed whole and spoken to in bounds', async () => {
    const at = '127.0.33.35';
    const servers = await Promise.all(
      Array.from({ length: 2000 }, (_, index) => tcpServer(at, 20_000 + index, () => undefined)),
    );
    running.push(...servers);
    const wire = wireWith(() => true, { connections: 256, perSecond: 100_000 });
    const ports = servers.map(({ port }) => port);
    const facts = await createPortsProbe({ engine: 'connect', ports }).observe({
      target: hostTarget(at),
      wire,
      signal: never,
    });
    expect(valid(facts)).toBe(true);
    expect(facts.open).toHaveLength(2000);
    // One connection a port for the scan; of the list's ports among them only those that may be spoken to get more.
    expect(wire.costs()[0]?.connections).toBeLessThan(2000 + 450);
  });
});

describe('versions by nmap', () => {
  it('are asked only of ports that told nothing, and counted', async () => {
    const speaking = await serve(ssh);
    const quiet = await tcpServer(address, 0, (socket) => {
      socket.on('data', (data: Buffer) => {
        // Nothing to us; nmap's own words bring it out.
        if (data.toString().startsWith('HELP')) socket.end('220 (vsFTPd 2.0.1)\r\n');
        else socket.resetAndDestroy();
      });
    });
    running.push(quiet);
    const wire = wireWith();
    const request = { target: hostTarget(address), wire, signal: never };
    const facts = await createPortsProbe({
      engine: 'nmap',
      ports: [speaking.port, quiet.port],
      versions: true,
    }).observe(request);
    expect(facts.open.find(({ port }) => port === speaking.port)).toMatchObject({ banner: ssh });
    // Banner and key exchange once each, and the scan where it goes by whole handshakes: a half one no server hears of.
    // Whatever else came was nmap -sV, all of it at the quiet port.
    const half = facts.method === 'syn' ? 1 : 0;
    expect(speaking.heard()).toBe(3 - half);
    expect(quiet.heard()).toBeGreaterThan(3);
    expect(wire.costs()[0]?.connections).toBe(speaking.heard() + quiet.heard() + 2 * half);
  });
});
