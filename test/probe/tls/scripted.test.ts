import { afterEach, describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failure.ts';
import { createTlsProbe } from '../../../src/probe/tls/probe.ts';
import { alert, readHello, serverHello, startFake, type Reaction, type SeenHello } from '../../servers/tls-fake.ts';
import { openWire, serviceTarget } from '../../servers/tls-wire.ts';

const address = '127.0.31.11';
const port = 8443;
const probe = createTlsProbe({ verify: false, deep: false, answerMs: 250 });
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A server that answers TLS hellos as told, and SSLv2 hellos by closing. */
async function given(react: (hello: SeenHello, connection: number) => Reaction) {
  const fake = await startFake(address, port, (first, _socket, connection) =>
    first[0] === 22 ? react(readHello(first), connection) : 'close',
  );
  stops.push(fake.stop);
  return fake;
}

function observe(options: { name?: string; signal?: AbortSignal } = {}) {
  const target = serviceTarget(address, port, options.name);
  return probe.observe({ target, wire: openWire(), signal: options.signal ?? new AbortController().signal });
}

async function failureOf(observation: Promise<unknown>) {
  const error: unknown = await observation.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FailureError)) throw new Error(`no FailureError but ${String(error)}`);
  return error.failure;
}

/** Speaks `version` with `suites` in its own order; everything else gets `refusal`. */
const speaks =
  (version: number, suites: readonly number[], refusal: Reaction = alert(40)) =>
  (hello: SeenHello): Reaction => {
    if (hello.version !== version) return alert(70);
    const suite = suites.find((own) => hello.suites.includes(own));
    return suite === undefined ? refusal : serverHello(version, suite);
  };

const codes = (suites: readonly { code: string }[] | undefined) => suites?.map(({ code }) => Number(code));

describe('enumeration', () => {
  it('lists suites in the order of the server, and asks no more often than the rules allow', async () => {
    const asked = new Map<number, number>();
    await given((hello) => {
      asked.set(hello.version, (asked.get(hello.version) ?? 0) + 1);
      return speaks(0x0303, [0x009c, 0xc02f, 0x000a])(hello);
    });
    const { protocols } = await observe();
    expect(codes(protocols['TLSv1.2']?.suites)).toEqual([0x009c, 0xc02f, 0x000a]);
    expect(protocols['TLSv1.2']).toMatchObject({ offered: true, complete: true, order: 'server' });
    expect(protocols['TLSv1.1']).toEqual({ offered: false });
    expect(protocols.SSLv2).toEqual({ offered: false });
    expect(Object.fromEntries(asked)).toEqual({ 0x0300: 1, 0x0301: 1, 0x0302: 1, 0x0303: 5, 0x0304: 1 });
  });

  it('tells a server that follows the client', async () => {
    const own = new Set([0x009c, 0xc02f]);
    await given((hello) => {
      const suite = hello.version === 0x0303 ? hello.suites.find((offered) => own.has(offered)) : undefined;
      return suite === undefined ? alert(40) : serverHello(0x0303, suite);
    });
    const { protocols } = await observe();
    expect(protocols['TLSv1.2']?.order).toBe('client');
  });

  it('takes a bare reset for a refusal only when it comes twice around a good answer', async () => {
    await given(speaks(0x0303, [0x009c, 0xc02f], 'reset'));
    const { protocols } = await observe();
    expect(protocols['TLSv1.2']).toMatchObject({ offered: true, complete: true, order: 'server' });
  });

  it('asks by families before it believes an end without an alert, at two connections more', async () => {
    const fake = await given(speaks(0x0303, [0x009c, 0xc02f], 'close'));
    const { protocols } = await observe();
    expect(protocols['TLSv1.2']).toMatchObject({ complete: true });
    // Two suites, the refusal, a good answer, three families, the order; one for each of the other versions.
    expect(fake.connections()).toBe(2 + 1 + 1 + 3 + 1 + 5);
  });

  it.each([
    ['liked least', [0xc02f, 0xc013, 0x009c, 0x002f, 0x009e, 0x0033]],
    ['liked second', [0xc02f, 0x009e, 0x0033, 0xc013, 0x009c, 0x002f]],
    ['liked best', [0x009e, 0xc02f, 0x0033, 0xc013, 0x009c, 0x002f]],
  ] as const)('finds what a server hides that closes when it has chosen DHE, %s', async (_how, own) => {
    const isDhe = (suite: number | undefined) => suite === 0x009e || suite === 0x0033;
    await given((hello) => {
      if (hello.version !== 0x0303) return alert(70);
      const suite = own.find((each) => hello.suites.includes(each));
      if (isDhe(suite)) return 'close';
      return suite === undefined ? alert(40) : serverHello(0x0303, suite);
    });
    const { protocols } = await observe();
    expect(protocols['TLSv1.2']).toMatchObject({ offered: true, complete: true, order: 'server' });
    expect(new Set(codes(protocols['TLSv1.2']?.suites))).toEqual(new Set(own.filter((suite) => !isDhe(suite))));
  });

  it('claims no completeness when a rate limiter cuts in while families are asked', async () => {
    let down = false;
    await given((hello) => {
      if (hello.version !== 0x0303) return alert(70);
      if (hello.suites.length > 100 && hello.suites.includes(0x009c) && !hello.suites.includes(0x009e)) down = true;
      if (down) return 'close';
      const suite = [0xc02f, 0x009e, 0xc013, 0x009c].find((each) => hello.suites.includes(each));
      return suite === undefined ? alert(40) : suite === 0x009e ? 'close' : serverHello(0x0303, suite);
    });
    const { protocols } = await observe();
    expect(codes(protocols['TLSv1.2']?.suites)).toEqual([0xc02f, 0xc013]);
    expect(protocols['TLSv1.2']).not.toHaveProperty('complete');
  });

  it('claims no completeness when a rate limiter cuts in', async () => {
    const answer = speaks(0x0303, [0x009c, 0xc02f, 0x000a, 0x002f]);
    let modern = 0;
    await given((hello) => {
      if (hello.version !== 0x0303) return alert(70);
      modern += 1;
      return modern > 3 ? 'reset' : answer(hello);
    });
    const { protocols } = await observe();
    expect(codes(protocols['TLSv1.2']?.suites)).toEqual([0x009c, 0xc02f]);
    expect(protocols['TLSv1.2']).not.toHaveProperty('complete');
  });

  it('claims no completeness when answers stop coming', async () => {
    const answer = speaks(0x0303, [0x009c, 0xc02f, 0x000a]);
    let modern = 0;
    await given((hello) => {
      if (hello.version !== 0x0303) return alert(70);
      modern += 1;
      return modern === 4 || modern === 6 ? 'silence' : answer(hello);
    });
    const { protocols } = await observe();
    expect(codes(protocols['TLSv1.2']?.suites)).toEqual([0x009c, 0xc02f]);
    expect(protocols['TLSv1.2']).not.toHaveProperty('complete');
  });

  it('goes on after one lost answer', async () => {
    const answer = speaks(0x0303, [0x009c, 0xc02f, 0x000a]);
    let modern = 0;
    await given((hello) => {
      if (hello.version !== 0x0303) return alert(70);
      modern += 1;
      return modern === 3 ? 'silence' : answer(hello);
    });
    const { protocols } = await observe();
    expect(codes(protocols['TLSv1.2']?.suites)).toEqual([0x009c, 0xc02f, 0x000a]);
    expect(protocols['TLSv1.2']?.complete).toBe(true);
  });

  it.each([
    ['ignores', 'silence'],
    ['resets', 'reset'],
    ['complains of', alert(50)],
  ] as const)('falls back to 64 suites for a server that %s long hellos', async (_how, reaction) => {
    const answer = speaks(0x0301, [0x0005, 0xfefe, 0x000a]);
    await given((hello) => (hello.suites.length > 64 ? reaction : answer(hello)));
    const { protocols } = await observe();
    expect(new Set(codes(protocols['TLSv1.0']?.suites))).toEqual(new Set([0x0005, 0x000a, 0xfefe]));
    expect(protocols['TLSv1.0']?.complete).toBe(true);
  });

  it('stops at a server that chooses what was not offered', async () => {
    const fake = await given((hello) => (hello.version === 0x0301 ? serverHello(0x0301, 0x0005) : alert(70)));
    const { protocols } = await observe();
    expect(codes(protocols['TLSv1.0']?.suites)).toEqual([0x0005]);
    expect(protocols['TLSv1.0']).not.toHaveProperty('complete');
    expect(fake.connections()).toBeLessThan(10);
  });

  it('takes a ServerHello of a lower version for a refusal', async () => {
    await given((hello) =>
      hello.version === 0x0300 ? alert(40) : serverHello(0x0301, hello.suites.includes(0x2f) ? 0x2f : 0x1301),
    );
    const { protocols } = await observe();
    expect(protocols['TLSv1.2']).toEqual({ offered: false });
    expect(protocols['TLSv1.0']?.offered).toBe(true);
  });

  it('asks a TLS 1.3 server that will not retry with a key share', async () => {
    await given((hello) => {
      if (hello.version !== 0x0304) return alert(70);
      if (hello.extensions.get(51)?.length === 2) return alert(47);
      const share = Buffer.concat([Buffer.from('002b0002030400330024001d0020', 'hex'), Buffer.alloc(32, 3)]);
      return hello.suites.includes(0x1302) ? serverHello(0x0304, 0x1302, share) : alert(40);
    });
    const { protocols } = await observe();
    expect(protocols['TLSv1.3']).toMatchObject({ offered: true, complete: true });
    expect(codes(protocols['TLSv1.3']?.suites)).toEqual([0x1302]);
  });

  it('leaves a version open whose hello goes unanswered while another works', async () => {
    await given((hello) => (hello.version === 0x0300 ? 'silence' : speaks(0x0303, [0xc02f])(hello)));
    const { protocols } = await observe();
    expect(protocols['TLSv1.2']?.offered).toBe(true);
    expect(protocols).not.toHaveProperty('SSLv3');
  });

  it('keeps what it has learned when the run is stopped', async () => {
    const stop = new AbortController();
    await given((hello) => {
      if (hello.version !== 0x0303) return alert(70);
      if (!hello.suites.includes(0x009c)) stop.abort(new FailureError('not-run', 'stopped'));
      return speaks(0x0303, [0x009c, 0xc02f])(hello);
    });
    const { protocols } = await observe({ signal: stop.signal });
    expect(codes(protocols['TLSv1.2']?.suites)).toContain(0x009c);
    expect(protocols['TLSv1.2']).not.toHaveProperty('complete');
  });
});

describe('a service of which nothing is seen', () => {
  it('is refused when the port is closed', async () => {
    expect(await failureOf(observe())).toMatchObject({ code: 'refused' });
  });

  it('is a timeout when it never answers, after no more than five connections', async () => {
    const fake = await given(() => 'silence');
    expect(await failureOf(observe())).toMatchObject({ code: 'timeout', retryable: true });
    expect(fake.connections()).toBeLessThanOrEqual(5);
  });

  it('is a timeout when it drips one byte at a time', async () => {
    const fake = await startFake(address, port, (_first, socket) => {
      const bytes = serverHello(0x0303, 0x002f);
      let at = 0;
      const timer = setInterval(() => socket.write(bytes.subarray(at, (at += 1))), 50);
      socket.on('close', () => {
        clearInterval(timer);
      });
      return 'silence';
    });
    stops.push(fake.stop);
    expect(await failureOf(observe())).toMatchObject({ code: 'timeout' });
  });

  it('is no TLS when it answers in plain text', async () => {
    const fake = await given(() => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n\u001b[31m'));
    const failure = await failureOf(observe());
    expect(failure).toMatchObject({ code: 'protocol' });
    expect(failure.detail).toContain('HTTP/1.1 400');
    expect(failure.detail).not.toContain('\u001b');
    expect(fake.connections()).toBe(2);
  });

  it('is no TLS when it sends garbage', async () => {
    await given(() => Buffer.alloc(5000, 0xa5));
    expect(await failureOf(observe())).toMatchObject({ code: 'protocol' });
  });

  it('breaks TLS when its records hold rubbish', async () => {
    await given(() => Buffer.from('160303000402000000', 'hex'));
    expect(await failureOf(observe())).toMatchObject({ code: 'protocol' });
  });

  it('needs a name when it says unrecognized_name to a hello without one', async () => {
    await given(() => alert(112));
    const failure = await failureOf(observe());
    expect(failure.code).toBe('tls');
    expect(failure.detail).toContain('needs a server name');
  });

  it('is refused by TLS when it alerts every version', async () => {
    await given(() => alert(40));
    expect(await failureOf(observe({ name: 'lab.test' }))).toMatchObject({ code: 'tls' });
  });

  it('is a failed TLS when it closes or resets every connection', async () => {
    await given((_hello, connection) => (connection % 2 === 0 ? 'close' : 'reset'));
    expect(await failureOf(observe())).toMatchObject({ code: 'tls' });
  });

  it('is not run when the run was stopped before', async () => {
    await given(() => alert(40));
    const signal = AbortSignal.abort(new FailureError('not-run', 'stopped'));
    expect(await failureOf(observe({ signal }))).toMatchObject({ code: 'not-run' });
  });
});
