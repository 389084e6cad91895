import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeUdp } from '../../../../src/judge/view/udp-services.ts';
import { udpFacts, type UdpFacts } from '../../../../src/model/facts/udp.ts';
import { askUdp } from '../../../../src/probe/ports/udp/ask-udp.ts';
import { rawPackets } from '../../../../src/probe/wire/raw-packets.ts';
import { makeNamespace, whyNoNamespaces } from '../../../servers/network-namespace.ts';
import { hostTarget, testFolder, wireWith } from '../support.ts';

/** Real daemons: net-snmp, and the management controller of OpenIPMI's simulator. NTP's is optional, see below. */
const isPublic = '127.61.1.1';
const isPrivate = '127.61.1.2';
const openBmc = '127.61.1.4';
const properBmc = '127.61.1.5';

const folder = testFolder();
afterAll(() => {
  folder.remove();
});
const valid = new Ajv2020().compile(udpFacts);
const running: { readonly stop: () => Promise<void> }[] = [];
const raw = await rawPackets('/usr/bin/nmap');
const isRoot = process.getuid?.() === 0;

const file = (name: string, content: string) => {
  writeFileSync(join(folder.path, name), content, { mode: 0o600 });
  return join(folder.path, name);
};

/** Starts a daemon and waits until the kernel shows its UDP socket. */
async function start(program: string, args: readonly string[], address: string, port: number): Promise<void> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], cwd: folder.path });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  running.push({
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await gone;
      clearTimeout(timer);
    },
  });
  const bound = Buffer.from(address.split('.').map(Number)).reverse().toString('hex').toUpperCase();
  const socket = `${bound}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
    if (readFileSync('/proc/net/udp', 'latin1').includes(socket)) return;
    await wait(25);
  }
  throw new Error(`${program} binds no ${socket}: ${said}`);
}

async function startSnmpd(address: string, access: string): Promise<void> {
  const config = file(`snmpd-${address}`, `agentaddress udp:${address}:161\nsysDescr Thiet bi thu nghiem\n${access}\n`);
  const args = ['-f', '-Lo', '-C', '-c', config, '-I', '-smux', '-p', join(folder.path, `pid-${address}`)];
  await start('/usr/sbin/snmpd', args, address, 161);
}

async function startBmc(address: string, auths: string, users: string, extra = ''): Promise<void> {
  const levels = ['callback', 'user', 'operator', 'admin'].map((level) => `allowed_auths_${level} ${auths}`).join('\n');
  const lan = `name "bmc"\nset_working_mc 0x20\nstartlan 1\naddr ${address} 623\npriv_limit admin\n${levels}\n`;
  const config = file(`lan-${address}`, `${lan}${extra}guid a123456789abcdefa123456789abcdef\nendlan\n${users}\n`);
  const machine = file(
    `emu-${address}`,
    'mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02\nmc_enable 0x20\n',
  );
  const state = join(folder.path, `state-${address}`);
  mkdirSync(state);
  await start('/usr/bin/ipmi_sim', ['-n', '-c', config, '-f', machine, '-s', state], address, 623);
}

async function observe(address: string): Promise<{ readonly facts: UdpFacts; readonly datagrams: number }> {
  const wire = wireWith();
  const facts = await askUdp(address, { target: hostTarget(address), wire, signal: new AbortController().signal });
  expect(valid(facts), JSON.stringify(valid.errors)).toBe(true);
  return { facts, datagrams: wire.costs()[0]?.datagrams ?? 0 };
}

describe.skipIf(!raw.allowed || !isRoot)(
  'daemons over UDP (skipped where nmap may send no raw packets, or not root)',
  () => {
    beforeAll(async () => {
      await Promise.all([
        startSnmpd(isPublic, 'rocommunity public default'),
        startSnmpd(isPrivate, 'rocommunity rieng-cua-so default'),
        startBmc(openBmc, 'none md2 md5 straight', 'user 1 true "" "" admin 10 none md2 md5 straight'),
        startBmc(properBmc, 'md5', 'user 2 true "quan-tri" "mat-khau-dai" admin 10 md5'),
      ]);
    });
    afterAll(async () => {
      for (const { stop } of running) await stop();
    });

    it('SNMP answers the community public in both versions, and says what it is', async () => {
      const { facts, datagrams } = await observe(isPublic);
      expect(facts).toMatchObject({
        asked: '53,123,161,500,623',
        open: [{ port: 161, service: 'snmp' }],
        snmpPublic: { v1: true, v2c: true, sysDescr: 'Thiet bi thu nghiem' },
      });
      expect(facts.hindrance).toBeUndefined();
      // One question of nmap's for a closed port, two for SNMP's, one of ours for each version; no more than the silent ones take.
      expect(datagrams).toBeGreaterThan(6);
      expect(datagrams).toBeLessThanOrEqual(22);
      expect(describeUdp(facts, false).view).toMatchObject({ snmpServices: [{ port: 161, answersPublic: true }] });
    });

    it('SNMP with a community of its own is there, and does not answer public', async () => {
      const { facts } = await observe(isPrivate);
      expect(facts).toMatchObject({ open: [{ port: 161 }], snmpPublic: { v1: false, v2c: false, tries: 2 } });
      expect(describeUdp(facts, false).view.snmpServices).toEqual([{ port: 161, answersPublic: false }]);
    });

    it('a management controller that lets strangers in tells so before any login', async () => {
      const { facts } = await observe(openBmc);
      expect(facts).toMatchObject({
        open: [{ port: 623, service: 'asf-rmcp' }],
        ipmi: { v2: true, anonymousLogin: true, authTypes: expect.arrayContaining(['none', 'md5']) as string[] },
      });
      expect(facts.ipmi?.cipherSuites).toContain(0);
      expect(describeUdp(facts, false).view.ipmiServices).toEqual([
        { port: 623, withoutLogin: true, cipherZero: true },
      ]);
    });

    it('one that asks for a name and a password is told from it', async () => {
      const { facts } = await observe(properBmc);
      expect(facts.ipmi).toMatchObject({ v2: true, anonymousLogin: false, authTypes: ['md5'] });
      expect(describeUdp(facts, false).view.ipmiServices).toMatchObject([{ port: 623, withoutLogin: false }]);
    });

    it('a host without any of them has them closed, which is an answer', async () => {
      const { facts } = await observe('127.61.1.99');
      expect(facts.open).toEqual([]);
      expect(describeUdp(facts, false).view).toEqual({
        snmpServices: [],
        ntpServices: [],
        ikeServices: [],
        ipmiServices: [],
      });
    });
  },
);

const noNamespaces = whyNoNamespaces();
const main = fileURLToPath(new URL('../observe-main.ts', import.meta.url));
type Printed = { readonly facts: { readonly udp: UdpFacts }; readonly costs: { readonly datagrams: number } };

describe.skipIf(noNamespaces !== undefined)(
  `in a network of its own${noNamespaces === undefined ? '' : ` (skipped: ${noNamespaces})`}`,
  () => {
    const network = noNamespaces === undefined ? makeNamespace() : undefined;
    afterAll(() => network?.remove());
    const inside = async (...args: string[]) =>
      JSON.parse((await network?.output(process.execPath, main, ...args)) ?? '{}') as Printed;

    it('every datagram that leaves is counted, those of silence too, as a firewall counts them', async () => {
      network?.run('/usr/sbin/nft', 'add', 'table', 'inet', 't');
      network?.run('/usr/sbin/nft', 'add', 'chain', 'inet', 't', 'in', '{ type filter hook input priority 0; }');
      network?.run('/usr/sbin/nft', 'add', 'rule', 'inet', 't', 'in', 'meta', 'l4proto', 'udp', 'counter', 'drop');
      const { facts, costs } = await inside('127.0.0.9', 'auto', '2', 'udp');
      const [, packets] =
        /packets (\d+)/.exec(network?.run('/usr/sbin/nft', 'list', 'chain', 'inet', 't', 'in') ?? '') ?? [];
      network?.run('/usr/sbin/nft', 'delete', 'table', 'inet', 't');
      expect(facts.udp).toMatchObject({
        asked: '53,123,161,500,623',
        open: [],
        closed: '',
        silent: '53,123,161,500,623',
      });
      expect(costs.datagrams).toBe(Number(packets));
      // Five ports, two questions each, twice; and twice two of ours to SNMP.
      expect(costs.datagrams).toBeLessThanOrEqual(24);
      // Silence of a host that answered over TCP is "not there"; of one that answered nothing, nothing.
      expect(describeUdp(facts.udp, true).view.snmpServices).toEqual([]);
      expect(describeUdp(facts.udp, false).view).toEqual({});
    });

    // Debian's ntpsec drives out the time daemon of the machine it is put on, so no test asks for it to be there.
    it.skipIf(!existsSync('/usr/sbin/ntpd'))(
      "ntpsec's answer to a query of mode 6 is seen, and that it has no mode 7 (skipped where there is none)",
      async () => {
        const config = file('ntp.conf', 'server 127.127.1.0\nrestrict default\nunrestrict default noquery\n');
        const daemon = spawn('/usr/sbin/ip', [
          'netns',
          'exec',
          network?.name ?? '',
          '/usr/sbin/ntpd',
          '-n',
          '-c',
          config,
        ]);
        try {
          let seen: Printed | undefined;
          for (let attempt = 0; attempt < 20 && seen?.facts.udp.ntp === undefined; attempt += 1) {
            seen = await inside('127.0.0.1', 'auto', '2', 'udp');
            await wait(250);
          }
          expect(seen?.facts.udp).toMatchObject({
            open: [{ port: 123, service: 'ntp' }],
            ntp: { control: true, private: false },
          });
          expect(seen?.facts.udp.ntp?.version).toMatch(/^ntpd ntpsec-1/);
        } finally {
          daemon.kill('SIGTERM');
        }
      },
    );
  },
);
