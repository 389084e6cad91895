import { afterEach, describe, expect, it, vi } from 'vitest';
import { FailureError } from '../../../src/model/failure.ts';
import { portListNames } from '../../../src/model/port-list.ts';
import { portUses, portUseTable } from '../../../src/judge/view/port-use.ts';
import { namedPortList, portsOfList } from '../../../src/probe/ports/named-lists.ts';
import { curatedPorts } from '../../../src/probe/ports/port-list.ts';
import { createPortsProbe } from '../../../src/probe/ports/probe.ts';
import { findNmap } from '../../../src/probe/wire/nmap.ts';
import { hostTarget, tcpServer, wireWith } from './support.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the lists of ports', () => {
  it('stand each within the next', async () => {
    const lists = await Promise.all(portListNames.map(async (name) => new Set(portsOfList(await namedPortList(name)))));
    for (const [index, list] of lists.slice(0, -1).entries())
      expect([...list].filter((port) => lists[index + 1]?.has(port) !== true)).toEqual([]);
    expect(lists.map(({ size }) => size)).toEqual([0, curatedPorts.length, expect.any(Number), 65_535]);
  });

  it('the curated one asks every port by which a use is told', () => {
    const core = portUses.flatMap((use) => portUseTable[use].core);
    expect(core.filter((port) => !curatedPorts.includes(port))).toEqual([]);
  });

  it('the thousand are those of nmap where it is here, and says so', async () => {
    const nmap = await findNmap();
    const list = await namedPortList('top-1000');
    expect(list.from).toBe(`nmap ${nmap?.version ?? ''}`);
    const ports = portsOfList(list);
    expect(ports.length).toBeGreaterThanOrEqual(1000);
    expect(ports.length).toBeLessThanOrEqual(1000 + curatedPorts.length);
    // Common, neither curated nor a system port: only nmap's own list has it.
    expect(ports).toContain(49_152);
  });

  it('the thousand are our own where there is no nmap, always the same', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const list = await namedPortList('top-1000');
    expect(list.from).toBe('built-in');
    expect(portsOfList(list)).toHaveLength(1000);
    expect(await namedPortList('top-1000')).toEqual(list);
  });
});

describe('a host of which nothing but the declared services is asked', () => {
  const observe = (services?: readonly { port: number }[]) =>
    createPortsProbe({ engine: 'connect', ports: [] }).observe({
      target: hostTarget('127.61.5.1', services === undefined ? undefined : [...services]),
      wire: wireWith(),
      signal: new AbortController().signal,
    });

  it('has these asked and no other', async () => {
    const server = await tcpServer('127.61.5.1', 0, (socket) => socket.write('x\n'));
    const facts = await observe([{ port: server.port }, { port: 2 }]).finally(() => server.close());
    expect(facts).toMatchObject({ asked: `2,${server.port}`, open: [{ port: server.port }], closed: '2' });
  });

  it('fails with a reason where there are none', async () => {
    const error: unknown = await observe().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FailureError);
    expect((error as FailureError).failure).toMatchObject({
      code: 'not-run',
      detail: expect.stringContaining('declared') as string,
    });
  });
});
