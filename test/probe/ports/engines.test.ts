import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectScan } from '../../../src/probe/ports/connect-scan.ts';
import { createPortsProbe } from '../../../src/probe/ports/probe.ts';
import { sweepScan } from '../../../src/probe/ports/sweep-scan.ts';
import { findNmap, runNmap } from '../../../src/probe/wire/nmap.ts';
import { rawPackets } from '../../../src/probe/wire/raw-packets.ts';
import { makeNamespace, whyNoNamespaces } from '../../servers/network-namespace.ts';
import { hostTarget, silentPort, tcpServer, testFolder, wireWith, type Running } from './support.ts';

const raw = await rawPackets('/usr/bin/nmap');
const never = new AbortController().signal;
const running: Running[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of running.splice(0)) await one.close();
});

/** Ports by what became of them. */
type States = {
  readonly open: readonly number[];
  readonly closed: readonly number[];
  readonly silent: readonly number[];
};
const sorted = (ports: readonly number[]) => [...ports].sort((a, b) => a - b);
const statesOf = ({ open, closed, silent }: States) => ({
  open: sorted(open),
  closed: sorted(closed),
  silent: sorted(silent),
});

async function byNmap(address: string, ports: readonly number[], method: 'syn' | 'connect'): Promise<States> {
  const nmap = await findNmap();
  if (nmap === null) throw new Error('nmap is not installed');
  const limits = { connections: 64, perSecond: 2000 };
  const { scan } = await runNmap(nmap, { address, ports, limits, method }, never);
  const of = (state: string) => ports.filter((port) => scan.ports.get(port)?.state === state);
  return { open: of('open'), closed: of('closed'), silent: of('silent') };
}

describe.each(['127.61.3.1', '::1'])('half handshakes, whole ones and ours say the same of %s', (address) => {
  it.skipIf(!raw.allowed)('of ports open, closed and silent (skipped where nmap may send no raw packets)', async () => {
    const servers = await Promise.all(Array.from({ length: 8 }, () => tcpServer(address, 0, () => undefined)));
    const mute = await silentPort(address);
    running.push(...servers, mute);
    const ports = [...servers.map(({ port }) => port), mute.port, ...Array.from({ length: 60 }, (_, at) => at + 2)];
    const shut = await byNmap(address, ports, 'connect');
    const expected = {
      open: sorted(servers.map(({ port }) => port)),
      closed: shut.closed.filter((port) => port <= 61),
      silent: [mute.port],
    };
    const options = { wire: wireWith(), signal: never };
    expect(statesOf(shut)).toEqual(expected);
    expect(statesOf(await byNmap(address, ports, 'syn'))).toEqual(expected);
    expect(statesOf(await connectScan(address, ports, { ...options, atOnce: 32 }))).toEqual(expected);
    expect(statesOf(await sweepScan(address, ports, options))).toEqual(expected);
    // A half handshake is none for the server: it hears whole ones of nmap and of both scans of ours.
    for (const server of servers) expect(server.heard()).toBe(3);
  });
});

const noNamespaces = whyNoNamespaces();
describe.skipIf(noNamespaces !== undefined || !raw.allowed)(
  `behind a firewall${noNamespaces === undefined ? '' : ` (skipped: ${noNamespaces})`}`,
  () => {
    it('half handshakes are counted as the firewall counts them, and dropped and barred ports told as by whole ones', async () => {
      const network = makeNamespace();
      try {
        const nft = (...args: string[]) => network.run('/usr/sbin/nft', ...args);
        nft('add', 'table', 'inet', 't');
        nft('add', 'chain', 'inet', 't', 'in', '{ type filter hook input priority 0; }');
        nft('add', 'rule', 'inet', 't', 'in', 'tcp', 'flags', '& (syn | ack) == syn', 'counter');
        nft('add', 'rule', 'inet', 't', 'in', 'tcp', 'dport', '10-19', 'drop');
        nft(
          'add',
          'rule',
          'inet',
          't',
          'in',
          'tcp',
          'dport',
          '20-24',
          'reject',
          'with',
          'icmpx',
          'type',
          'admin-prohibited',
        );
        const main = new URL('observe-main.ts', import.meta.url).pathname;
        const printed = await network.output(process.execPath, main, '127.0.0.1', 'nmap', '1-40', 'no-udp');
        const { facts, costs } = JSON.parse(printed) as {
          facts: { method: string; closed: string; silent: string };
          costs: { connections: number };
        };
        const [, packets] = /packets (\d+)/.exec(nft('list', 'chain', 'inet', 't', 'in')) ?? [];
        expect(facts).toMatchObject({ method: 'syn', closed: '1-9,25-40', silent: '10-19' });
        expect(costs.connections).toBe(Number(packets));
      } finally {
        network.remove();
      }
    });
  },
);

/** An nmap that answers as `script` says, to `$METHOD` (`-sS`, `-sT`) and `$PORTS`. */
function fakeNmap(script: string): string {
  const folder = testFolder();
  running.push({
    close: () => {
      folder.remove();
      return Promise.resolve();
    },
  });
  const version = '[ "$1" = --version ] && { echo "Nmap version 7.99"; exit 0; }';
  const args =
    'while [ $# -gt 0 ]; do case "$1" in -sS|-sT) METHOD=$1;; -p) PORTS=$2;; -oX) OUT=$2;; esac; shift; done\n' +
    `echo "$METHOD $PORTS" >> ${folder.path}/runs\n` +
    `xml() { printf '<nmaprun version="7.99"><host><ports>'; for p in $(echo $PORTS | tr , ' '); do printf '<port protocol="tcp" portid="%s"><state state="closed" reason="reset"/></port>' $p; done; printf '</ports></host><runstats><finished exit="success"/></runstats></nmaprun>'; }\n` +
    '[ "$OUT" = - ] || exec > "$OUT"';
  writeFileSync(join(folder.path, 'nmap'), `#!/bin/sh\n${version}\n${args}\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', folder.path);
  return join(folder.path, 'runs');
}

describe('how nmap is run', () => {
  const observe = (ports: readonly number[], wire = wireWith(), signal: AbortSignal = never) =>
    createPortsProbe({ engine: 'nmap', ports }).observe({ target: hostTarget('127.61.3.2'), wire, signal });

  it.skipIf(!raw.allowed)('where raw packets are refused in spite of all, by whole handshakes', async () => {
    fakeNmap(
      '[ "$METHOD" = -sS ] && { echo "Couldn\'t open a raw socket. Operation not permitted" >&2; exit 1; }\nxml',
    );
    expect(await observe([1, 2])).toMatchObject({ engine: 'nmap', method: 'connect', closed: '1-2' });
  });

  it.skipIf(!raw.allowed)('a crash is not taken for a refusal', async () => {
    fakeNmap('[ "$METHOD" = -sS ] && kill -SEGV $$\nxml');
    await expect(observe([1, 2])).rejects.toMatchObject({ failure: { code: 'tool-missing' } });
  });

  const many = Array.from({ length: 700 }, (_, at) => at + 1);

  it('a long list goes in parts, and the permission is asked again between them', async () => {
    fakeNmap('xml');
    let over = false;
    const wire = wireWith((_, port) => !over || port <= 250, { connections: 2, perSecond: 4 });
    const lease: typeof wire.lease = async (...args) => {
      const result = await wire.lease(...args);
      over = true;
      return result;
    };
    const facts = await observe(many, { ...wire, lease });
    expect(facts).toMatchObject({ asked: '1-250', closed: '1-250' });
  });

  it('a stop keeps the parts that were done', async () => {
    fakeNmap('case "$PORTS" in 251,*) exec sleep 60;; esac\nxml');
    const stop = new AbortController();
    const wire = wireWith(() => true, { connections: 2, perSecond: 4 });
    const lease: typeof wire.lease = async (address, ports, options, use) => {
      if (ports[0] === 251)
        setTimeout(() => {
          stop.abort();
        }, 300);
      return wire.lease(address, ports, options, use);
    };
    expect(await observe(many, { ...wire, lease }, stop.signal)).toMatchObject({ asked: '1-250', closed: '1-250' });
  });

  it('a part that breaks gives no half of a scan', async () => {
    fakeNmap('case "$PORTS" in 251,*) kill -SEGV $$;; esac\nxml');
    const wire = wireWith(() => true, { connections: 2, perSecond: 4 });
    await expect(observe(many, wire)).rejects.toMatchObject({ failure: { code: 'tool-missing' } });
  });
});
