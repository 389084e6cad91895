import { afterEach, describe, expect, it } from 'vitest';
import { connectScan } from '../../../src/probe/ports/connect-scan.ts';
import { createPortsProbe } from '../../../src/probe/ports/probe.ts';
import { isWide, sweepScan } from '../../../src/probe/ports/sweep-scan.ts';
import { hostTarget, silentPort, tcpServer, wireWith, type Running } from './support.ts';

const address = '127.0.33.60';
const never = new AbortController().signal;
const wide = { connections: 64, perSecond: 100_000 };
const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});
async function open(port = 0) {
  const server = await tcpServer(address, port, () => undefined);
  running.push(server);
  return server;
}
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('the scan by threads', () => {
  it('finds what the scan in one thread finds, with as many connections', async () => {
    const servers = [await open(), await open(), await open()];
    const ports = [...new Set([...range(1, 1500), ...servers.map(({ port }) => port)])];
    const [mine, other] = [wireWith(() => true, wide), wireWith(() => true, wide)];
    const swept = await sweepScan(address, ports, { wire: mine, signal: never });
    const scanned = await connectScan(address, ports, { wire: other, signal: never, atOnce: 64 });
    expect(swept).toEqual(scanned);
    expect(swept.open.toSorted()).toEqual(servers.map(({ port }) => port).toSorted());
    expect(mine.costs()[0]?.connections).toBe(other.costs()[0]?.connections);
    for (const server of servers) expect(server.heard()).toBe(2);
  });

  it('asks a silent port twice where others answer, and calls it silent', async () => {
    const mute = await silentPort(address);
    running.push(mute);
    const ports = [...range(1, 20), mute.port];
    const wire = wireWith(() => true, wide);
    const startedAt = performance.now();
    const { silent, closed } = await sweepScan(address, ports, { wire, signal: never });
    expect([silent, closed]).toEqual([[mute.port], range(1, 20)]);
    expect(wire.costs()[0]?.connections).toBe(ports.length + 1);
    // Twice 200 to 500 ms where one knows how fast the host answers; the machine may be busy.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('dials nothing that is not permitted', async () => {
    const [allowed, forbidden] = [await open(), await open()];
    const wire = wireWith((_at, port) => port !== forbidden.port, wide);
    const result = await sweepScan(address, [allowed.port, forbidden.port], { wire, signal: never });
    expect([result.open, result.notPermitted]).toEqual([[allowed.port], [forbidden.port]]);
    expect(forbidden.heard()).toBe(0);
  });

  it('stops with what it has, and calls nothing silent that it did not wait for', async () => {
    const mutes = await Promise.all([silentPort(address), silentPort(address)]);
    running.push(...mutes);
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort(new Error('enough'));
    }, 300);
    const wire = wireWith(() => true, wide);
    const ports = mutes.map(({ port }) => port);
    const result = await sweepScan(address, ports, { wire, signal: stop.signal });
    expect(result.silent).toEqual([]);
    expect(result.asked).toEqual(ports);
  });

  it('keeps to the rate', async () => {
    const limits = { connections: 64, perSecond: 500 };
    expect(isWide(limits)).toBe(true);
    const startedAt = performance.now();
    await sweepScan(address, range(1, 1000), { wire: wireWith(() => true, limits), signal: never });
    expect(performance.now() - startedAt).toBeGreaterThan(1900);
  });
});

describe('the choice of an engine under wide limits', () => {
  it('is nmap where closed ports answer, and every port is asked once', async () => {
    const server = await open();
    const ports = [...range(1, 120), server.port];
    const wire = wireWith(() => true, wide);
    const probe = createPortsProbe({ engine: 'auto', ports });
    const facts = await probe.observe({ target: hostTarget(address), wire, signal: never });
    expect([facts.engine, facts.asked, facts.closed]).toEqual(['nmap', `1-120,${server.port}`, '1-120']);
    expect(facts.open.map(({ port }) => port)).toEqual([server.port]);
  });

  it('is our own scan where packets are dropped', async () => {
    const mutes = await Promise.all(range(1, 70).map(() => silentPort('127.0.33.61')));
    running.push(...mutes);
    const ports = mutes.map(({ port }) => port).toSorted((a, b) => a - b);
    const probe = createPortsProbe({ engine: 'auto', ports });
    const request = { target: hostTarget('127.0.33.61'), wire: wireWith(() => true, wide), signal: never };
    const facts = await probe.observe(request);
    expect([facts.engine, facts.closed]).toEqual(['connect', '']);
  });
});
