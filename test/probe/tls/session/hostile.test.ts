import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { directDial } from '../../../../src/probe/tls/exchange.ts';
import { askToResume } from '../../../../src/probe/tls/session/ask-to-resume.ts';
import type { Conversation, Heard } from '../../../../src/probe/tls/session/conversation.ts';
import { hearFlight } from '../../../../src/probe/tls/session/server-flight.ts';
import { ecdheExchange, rsaKeyOf } from '../../../../src/probe/tls/session/client-key-exchange.ts';
import { converse } from '../../../../src/probe/tls/session/conversation.ts';
import { alert, record, serverHello, startFake, type Reaction } from '../../../servers/tls-fake.ts';
import { openWire } from '../../../servers/tls-wire.ts';

const [address, port] = ['127.0.79.31', 8443];
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function given(react: Reaction, signal = new AbortController().signal) {
  stops.push((await startFake(address, port, () => react)).stop);
  return directDial({ wire: openWire(), address, port, signal, answerMs: 200 });
}

const session = { version: 0x0303, suite: 0xc02f, sessionId: Buffer.alloc(32), lifetime: 0, maxEarlyData: 0 };
const resume = (dial: Parameters<typeof askToResume>[0]) =>
  askToResume(dial, { sni: undefined, session, sessionId: Buffer.of(9), withTicket: false });

it.each([
  ['ChangeCipherSpec', record(20, Buffer.of(1)), true],
  ['NewSessionTicket', record(22, Buffer.of(4, 0, 0, 0)), true],
  ['Certificate', record(22, Buffer.of(11, 0, 0, 0)), false],
] as const)('a ServerHello before %s tells whether the session goes on', async (_what, next, resumed) => {
  const dial = await given(Buffer.concat([serverHello(0x0303, 0xc02f), next]));
  expect(await resume(dial)).toEqual({ resumed, idLength: 0, startsWithOurs: false });
});

it.each([
  ['an alert', alert(40)],
  ['a close', 'close'],
  ['a reset', 'reset'],
  ['silence', 'silence'],
  ['no TLS', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['ChangeCipherSpec before ServerHello', record(20, Buffer.of(1))],
  ['a ServerHello alone', serverHello(0x0303, 0xc02f)],
  ['a message that never ends', record(22, Buffer.of(2, 0xff, 0xff, 0xff))],
] as const)('%s says nothing about resumption', async (_what, reaction) => {
  expect(await resume(await given(reaction))).toBeUndefined();
});

it('a flood is cut off', async () => {
  const records = Buffer.concat(Array.from({ length: 40 }, () => record(22, Buffer.alloc(16_000))));
  const dial = await given(records);
  const heard = await converse(dial, async ({ say, hear }) => {
    say(Buffer.of(22, 3, 1, 0, 1, 1));
    let last: Heard = { kind: 'silence' };
    for (let count = 0; count < 100; count += 1) {
      last = await hear(200);
      if (last.kind !== 'record') break;
    }
    return last.kind;
  });
  expect(heard).toBe('ended');
});

it('an abort ends a conversation with its reason', async () => {
  const controller = new AbortController();
  const dial = await given('silence', controller.signal);
  const talk = resume({ ...dial, answerMs: 10_000 });
  setTimeout(() => {
    controller.abort(new Error('time is up'));
  }, 50);
  await expect(talk).rejects.toThrow('time is up');
});

it('the reading of a flight is total over any records', async () => {
  const records = fc.array(
    fc.record({ type: fc.constantFrom(20, 21, 22, 22, 22, 23), body: fc.uint8Array({ maxLength: 120 }) }),
    { maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(records, async (given) => {
      const left = given.map(({ type, body }): Heard => ({ kind: 'record', type, body: Buffer.from(body) }));
      const conversation: Conversation = {
        say: () => undefined,
        hear: () => Promise.resolve(left.shift() ?? { kind: 'ended', by: 'fin' }),
      };
      await hearFlight(conversation, 1000);
    }),
  );
});

it('keys and key exchanges are read totally', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(rsaKeyOf(Buffer.from(bytes))).toBeUndefined();
      expect(() => ecdheExchange(Buffer.concat([Buffer.of(3, 0, 0x17), Buffer.from(bytes)]))).not.toThrow();
      expect(() => ecdheExchange(Buffer.from(bytes))).not.toThrow();
    }),
  );
});
