import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { TlsFacts } from '../../../src/model/facts/tls.ts';
import type { Target } from '../../../src/model/target.ts';
import { readAnswer } from '../../../src/probe/mail/lookup.ts';
import { observeServer } from '../../../src/probe/mail/server.ts';
import type { DnsAnswer, DnsRecord } from '../../../src/probe/dns/message.ts';
import type { Probe } from '../../../src/probe/wire/wire.ts';
import { openWire } from '../../servers/tls-wire.ts';

const address = '127.62.2.1';
const port = 2525;
const target: Target = {
  key: 'a.vn [mail]',
  kind: 'mail',
  system: 'x',
  endpoint: { kind: 'mail', domain: 'a.vn' },
  name: 'a.vn',
};
const open: { server: Server; sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
});

/** A server that acts as told on every connection, and what it heard. */
async function serve(act: (socket: Socket) => void): Promise<() => string> {
  const sockets = new Set<Socket>();
  let heard = '';
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
    act(socket);
  });
  open.push({ server, sockets });
  server.listen(port, address);
  await once(server, 'listening');
  return () => heard;
}

/** Says one line after each that it hears. */
const answering =
  (...lines: readonly string[]) =>
  (socket: Socket) => {
    const left = [...lines];
    const say = () => socket.write(left.shift() ?? '221 bye\r\n');
    say();
    socket.on('data', say);
  };

const noTls: Probe<TlsFacts> = {
  id: 'tls/1',
  observe: () => Promise.reject(new Error('TLS must not be asked where STARTTLS is not offered')),
};

function look(limits: { serverMs?: number; answerMs?: number; signal?: AbortSignal } = {}) {
  const { serverMs = 3000, answerMs = 500, signal = new AbortController().signal } = limits;
  const wire = openWire();
  return observeServer(
    { host: 'mx.a.vn', address },
    { target, wire, signal },
    { tls: noTls, port, serverMs, answerMs },
  );
}

describe('what servers say before anything is asked of them', () => {
  it.each([
    ['turns everybody away', answering('554 no service\r\n'), { failure: { code: 'blocked' } }],
    ['is busy', answering('421 4.3.2 too many connections\r\n'), { failure: { code: 'blocked' } }],
    ['is another protocol', answering('SSH-2.0-OpenSSH_9.2\r\n'), { failure: { code: 'protocol' } }],
    ['answers EHLO with a refusal', answering('220 mx\r\n', '450 greylisted\r\n'), { failure: { code: 'blocked' } }],
    ['knows no EHLO', answering('220 mx\r\n', '502 what?\r\n'), { hello: ['what?'] }],
    ['lists nothing', answering('220 mx\r\n', '250 mx.a.vn\r\n'), { hello: ['mx.a.vn'] }],
    [
      'greets in several lines',
      answering('220-one\r\n220 two\r\n', '250-mx.a.vn\r\n250 SIZE 1\r\n'),
      { greeting: '220 one two', hello: ['mx.a.vn', 'SIZE 1'] },
    ],
    [
      'hides STARTTLS as a filter does',
      answering('220 mx\r\n', '250-mx\r\n250 XXXXXXXA\r\n'),
      { hello: ['mx', 'XXXXXXXA'] },
    ],
    ['talks before it is asked', answering('220 mx\r\n250 mx\r\n'), { failure: { code: 'protocol' } }],
    ['ends at once', (socket: Socket) => socket.end(), { failure: { code: 'refused' } }],
    ['ends midway', (socket: Socket) => socket.end('220 m'), { failure: { code: 'protocol' } }],
    ['says nothing', () => undefined, { failure: { code: 'timeout' } }],
    [
      'never ends its line',
      (socket: Socket) => socket.write(`220 ${'a'.repeat(20_000)}`),
      { failure: { code: 'protocol' } },
    ],
  ] as const)('%s', async (_name, act, expected) => {
    await serve(act);
    expect(await look()).toMatchObject({ host: 'mx.a.vn', address, port, ...expected });
  });

  it('hears EHLO and QUIT and nothing else', async () => {
    const heard = await serve(answering('220 mx\r\n', '250-mx\r\n250 HELP\r\n'));
    await look();
    expect(heard()).toBe('EHLO rasoat.invalid\r\nQUIT\r\n');
  });

  it('a drip of bytes ends with the time of one server', async () => {
    await serve((socket) => {
      const timer = setInterval(() => socket.write('220-x\r\n'), 20);
      socket.on('close', () => {
        clearInterval(timer);
      });
    });
    // The drip has no end, and the time of an answer is longer than that of this test.
    expect(await look({ serverMs: 700, answerMs: 600_000 })).toMatchObject({ failure: { code: 'timeout' } });
  });

  it('a stop of the run is thrown on, and is no word about the server', async () => {
    await serve(() => undefined);
    const stop = new AbortController();
    const seen = look({ signal: stop.signal, answerMs: 60_000, serverMs: 60_000 });
    setTimeout(() => {
      stop.abort(new Error('stop'));
    }, 50);
    await expect(seen).rejects.toThrow('stop');
  });
});

describe('reading a resolver', () => {
  const record = (name: string, type: string, data: unknown): DnsRecord => ({
    name,
    type,
    ttl: 60,
    data,
    owner: Buffer.alloc(1),
    rdata: Buffer.alloc(0),
    code: 1,
  });
  const answer = (answers: readonly DnsRecord[], rest: Partial<DnsAnswer> = {}): DnsAnswer => ({
    rcode: 'NOERROR',
    authoritative: false,
    truncated: false,
    recursionAvailable: true,
    answers,
    authorities: [],
    additionals: [],
    ...rest,
  });

  it.each([
    ['an address', 'A', [record('a.vn', 'A', '192.0.2.1')], {}, { outcome: 'found', values: ['192.0.2.1'] }],
    [
      'an alias',
      'A',
      [record('a.vn', 'CNAME', 'B.vn'), record('b.vn', 'A', '192.0.2.1')],
      {},
      { outcome: 'found', canonical: 'b.vn' },
    ],
    [
      'an alias to nothing',
      'A',
      [record('a.vn', 'CNAME', 'b.vn')],
      { rcode: 'NXDOMAIN' },
      { outcome: 'no-name', values: [], canonical: 'b.vn' },
    ],
    [
      'a ring of aliases',
      'A',
      [record('a.vn', 'CNAME', 'b.vn'), record('b.vn', 'CNAME', 'a.vn')],
      {},
      { outcome: 'failed' },
    ],
    ["somebody else's record", 'A', [record('c.vn', 'A', '192.0.2.1')], {}, { outcome: 'no-data', values: [] }],
    ['no name', 'MX', [], { rcode: 'NXDOMAIN' }, { outcome: 'no-name' }],
    ['no data', 'MX', [], {}, { outcome: 'no-data' }],
    ['a failure', 'MX', [], { rcode: 'SERVFAIL' }, { outcome: 'failed' }],
    ['a refusal', 'MX', [], { rcode: 'REFUSED' }, { outcome: 'failed' }],
    ['a referral', 'MX', [], { recursionAvailable: false }, { outcome: 'failed' }],
    ['a null MX', 'MX', [record('a.vn', 'MX', { preference: 0, exchange: '.' })], {}, { values: ['0 .'] }],
    ['an MX', 'MX', [record('a.vn', 'MX', { preference: 10, exchange: 'MX.a.vn' })], {}, { values: ['10 mx.a.vn'] }],
    [
      'strings',
      'TXT',
      [record('a.vn', 'TXT', [Buffer.from('v=sp'), Buffer.from('f1 \xe9', 'latin1')])],
      {},
      { values: ['v=spf1 \xe9'] },
    ],
    [
      'a TLSA record',
      'TLSA',
      [record('a.vn', 'TLSA', { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.from('ab', 'hex') })],
      {},
      { values: ['3 1 1 ab'] },
    ],
  ] as const)('%s', (_name, type, records, rest, expected) => {
    expect(readAnswer({ name: 'a.vn', type }, answer(records, rest))).toMatchObject({
      name: 'a.vn',
      type,
      ...expected,
    });
  });

  it('keeps 64 records of 4,096 characters, and says when there was more', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6000 }), { maxLength: 90 }), (lengths) => {
        const records = lengths.map((length) => record('a.vn', 'TXT', [Buffer.alloc(length, 'x')]));
        const { values, cut } = readAnswer({ name: 'a.vn', type: 'TXT' }, answer(records));
        expect(values.length).toBe(Math.min(64, lengths.length));
        expect(Math.max(0, ...values.map((value) => value.length))).toBeLessThanOrEqual(4096);
        expect(cut === true).toBe(lengths.length > 64 || lengths.some((length) => length > 4096));
      }),
      { numRuns: 50 },
    );
  });
});
