import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeUdp } from '../../../../src/judge/view/udp-services.ts';
import type { UdpFacts } from '../../../../src/model/facts/udp.ts';
import { askUdp } from '../../../../src/probe/ports/udp/ask-udp.ts';
import { createPortsProbe } from '../../../../src/probe/ports/probe.ts';
import { rawPackets } from '../../../../src/probe/wire/raw-packets.ts';
import { hostTarget, testFolder, wireWith } from '../support.ts';

const address = '127.61.2.1';
const raw = await rawPackets('/usr/bin/nmap');
const isRoot = process.getuid?.() === 0;
const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ends.splice(0)) await end();
});

/** Puts a program before nmap on PATH that says it is nmap and then does what `script` says; `$XML` is where XML is wanted. */
function fakeNmap(script: string): void {
  const folder = testFolder();
  ends.push(folder.remove);
  const version = '[ "$1" = --version ] && { echo "Nmap version 7.99"; exit 0; }';
  const xml = 'while [ $# -gt 0 ]; do [ "$1" = -oX ] && XML=$2; shift; done';
  writeFileSync(join(folder.path, 'nmap'), `#!/bin/sh\n${version}\n${xml}\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', folder.path);
}

const state = (port: number, is: string, reason: string) =>
  `<port protocol="udp" portid="${port}"><state state="${is}" reason="${reason}"/></port>`;
const document = (...ports: string[]) =>
  `<nmaprun version="7.99"><host><ports>${ports.join('')}</ports></host><runstats><finished exit="success"/></runstats></nmaprun>`;
const shut = [53, 123, 161, 500, 623].map((port) => state(port, 'closed', 'port-unreach'));

async function observe(wire = wireWith(), signal = new AbortController().signal): Promise<UdpFacts> {
  return askUdp(address, { target: hostTarget(address), wire, signal });
}

describe('what stands in the way of UDP is a fact, and no verdict', () => {
  it('no nmap', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const facts = await observe();
    expect(facts).toMatchObject({ asked: '', open: [], hindrance: { code: 'tool-missing' } });
    const { view, unseen } = describeUdp(facts, true);
    expect(view).toEqual({});
    expect(unseen.map(({ failure }) => failure.code)).toEqual(Array(4).fill('tool-missing'));
  });

  it('told to leave it out', async () => {
    const request = { target: hostTarget(address), wire: wireWith(), signal: new AbortController().signal };
    const facts = await createPortsProbe({ engine: 'connect', ports: [2], udp: false }).observe(request);
    expect(facts.udp?.hindrance?.code).toBe('not-run');
  });

  it('told to do without nmap', async () => {
    const request = { target: hostTarget(address), wire: wireWith(), signal: new AbortController().signal };
    const facts = await createPortsProbe({ engine: 'connect', ports: [2], udp: true }).observe(request);
    expect(facts.udp?.hindrance).toMatchObject({ code: 'not-run', detail: expect.stringContaining('nmap') as string });
    expect(request.wire.costs()[0]?.datagrams).toBe(0);
  });

  it.skipIf(raw.allowed)('no right to raw packets', async () => {
    expect((await observe()).hindrance).toMatchObject({ code: 'tool-missing' });
  });

  it.skipIf(!raw.allowed).each([
    ['crashes', 'kill -SEGV $$', 'tool-missing', /SIGSEGV/],
    [
      'is refused the right after all',
      'echo "Couldn\'t open a raw socket. Operation not permitted" >&2; exit 1',
      'tool-missing',
      /not permitted/,
    ],
    [
      'writes half a document',
      `printf '<nmaprun version="7"><host><ports>${shut[0] ?? ''}' > "$XML"`,
      'protocol',
      /XML/,
    ],
    ['writes nothing', 'exit 0', 'protocol', /XML/],
    ['leaves out a port', `echo '${document(...shut.slice(1))}' > "$XML"`, 'protocol', /1 ports/],
    [
      'gives the host up',
      `echo '${document(...shut).replace('<host>', '<host timedout="true">')}' > "$XML"`,
      'timeout',
      /host/,
    ],
    ['floods', `yes '<a/>' | head -c 3000000 > "$XML"`, 'too-large', /more than/],
  ] as const)('an nmap that %s', async (_name, script, code, detail) => {
    fakeNmap(script);
    const wire = wireWith();
    const { hindrance, asked } = await observe(wire);
    expect([hindrance?.code, asked]).toEqual([code, '']);
    expect(hindrance?.detail).toMatch(detail);
    // What it may have sent is counted, at the most.
    expect(wire.costs()[0]?.datagrams).toBeGreaterThan(0);
    expect(wire.costs()[0]?.datagrams).toBeLessThanOrEqual(20);
  });

  it.skipIf(!raw.allowed)('a stop', async () => {
    fakeNmap('sleep 60');
    expect((await observe(wireWith(), AbortSignal.timeout(300))).hindrance?.code).toMatch(/^(timeout|not-run)$/);
  });

  it('no document that covers one of the ports: nothing is started', async () => {
    const wire = wireWith((_, port) => port === 443);
    expect((await observe(wire)).hindrance?.code).toBe('not-permitted');
    expect(wire.costs()[0]?.datagrams ?? 0).toBe(0);
  });
});

describe.skipIf(!raw.allowed || !isRoot)('the guard (skipped where nmap may send no raw packets, or not root)', () => {
  it('binds each port: what is not permitted hears nothing', async () => {
    const heard: number[] = [];
    for (const port of [161, 623]) {
      const socket = createSocket('udp4').on('message', () => heard.push(port));
      socket.bind(port, address);
      await once(socket, 'listening');
      ends.push(() => once(socket.close(), 'close').then(() => undefined));
    }
    const wire = wireWith((_, port) => port === 161);
    const facts = await observe(wire);
    expect(facts.asked).toBe('161');
    expect(heard).not.toContain(623);
    expect(heard).toContain(161);
    // Every datagram that arrived was counted; none was sent that was not.
    expect(wire.costs()[0]?.datagrams).toBe(heard.length);
    expect(describeUdp(facts, true).unseen.map(({ at, failure }) => `${at} ${failure.code}`)).toContain(
      '/ports/ipmiServices not-permitted',
    );
  });
});

/** Answers each datagram as the test says; hand-made, for there is no such daemon in Debian (ntpd's mode 7, a lone IKE). */
async function responder(port: number, answer: (question: Buffer) => Buffer | undefined): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const words = answer(question);
    if (words !== undefined) socket.send(words, from.port, from.address);
  });
  socket.bind(port, address);
  await once(socket, 'listening');
  ends.push(() => once(socket.close(), 'close').then(() => undefined));
}

describe.skipIf(!raw.allowed || !isRoot)('answers made by hand', () => {
  it('an old ntpd that takes requests of mode 7 is told from one that answers control queries', async () => {
    await responder(123, (question) => {
      const mode = (question[0] ?? 0) & 7;
      if (mode === 7) return Buffer.concat([Buffer.from('9700030400000050', 'hex'), Buffer.alloc(80)]);
      return mode === 3 ? Buffer.concat([Buffer.of(0x24), Buffer.alloc(47)]) : undefined;
    });
    const facts = await observe();
    expect(facts.ntp).toEqual({ control: false, private: true });
    expect(describeUdp(facts, true).view.ntpServices).toEqual([
      { port: 123, answersControl: false, answersPrivate: true },
    ]);
  });

  it('an IKE gateway says which version it speaks', async () => {
    await responder(500, (question) => {
      const answer = Buffer.alloc(36);
      question.copy(answer, 0, 0, 8);
      answer.writeUInt8(41, 16);
      answer.writeUInt8(0x20, 17);
      answer.writeUInt8(34, 18);
      answer.writeUInt8(0x20, 19);
      answer.writeUInt32BE(36, 24);
      return answer;
    });
    const facts = await observe();
    expect(facts).toMatchObject({ open: [{ port: 500, service: 'isakmp' }], ike: { version: '2.0' } });
    expect(describeUdp(facts, true).view.ikeServices).toEqual([{ port: 500 }]);
  });

  it('noise is no service, and does not hold us up', async () => {
    for (const port of [123, 161, 500, 623]) await responder(port, () => Buffer.from('nonsense'.repeat(10)));
    const facts = await observe();
    expect(facts.open).toEqual([{ port: 123 }, { port: 161 }, { port: 500 }, { port: 623 }]);
    expect(facts).toMatchObject({ snmpPublic: { v1: false, v2c: false } });
    expect(facts.ike).toBeUndefined();
    expect(facts.ipmi).toBeUndefined();
  });
});
