import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog, type Log, type LogOptions } from '../../../src/engine/watch/log.ts';
import { UserError } from '../../../src/model/errors.ts';
import { message } from '../../../src/model/text.ts';

function lab(options: Partial<LogOptions> = {}, isTTY = false) {
  const written: string[] = [];
  const log = createLog({
    name: 'test',
    level: 'trace',
    destination: { write: (line) => written.push(line), isTTY },
    env: { NO_COLOR: '1' },
    ...options,
  });
  return { log, written, text: () => written.join(''), last: () => JSON.parse(written.at(-1) ?? '') as Line };
}
type Line = Readonly<Record<string, unknown>>;

describe('log', () => {
  it('writes one JSON object a line with the standard fields', () => {
    const { log, written, last } = lab();
    log.child({ run: '2026-11-26-1', zone: 'tslcd' }).info({ worker: 'w1', lanes: 3 }, 'lane taken');
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^\{.*\}\n$/);
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      name: 'test',
      pid: process.pid,
      run: '2026-11-26-1',
      zone: 'tslcd',
      worker: 'w1',
      lanes: 3,
      msg: 'lane taken',
    });
  });

  it('keeps a stranger from standing in the place of a standard field, of a child or of a request', () => {
    const { log, last } = lab();
    log.info(
      { time: 'never', level: 'fatal', name: 'x', pid: 1, msg: 'y', method: 'a', headers: 'b', socket: 'c' },
      '%s %d',
    );
    expect(last()).toMatchObject({
      level: 'info',
      name: 'test',
      pid: process.pid,
      msg: '%s %d',
      _pid: 1,
      method: 'a',
      _socket: 'c',
    });
    const child = log.child({ run: 'one' });
    child.info({ run: 'two' }, 'again');
    expect(JSON.stringify(last())).toContain('"run":"two"');
    child.info('first');
    expect(last()['run']).toBe('one');
  });

  it('takes its level from RASOAT_LOG, and refuses one that is none', () => {
    const { log, written } = lab({ level: undefined as never, env: { RASOAT_LOG: 'warn' } });
    log.info('no');
    log.warn('yes');
    expect(written).toHaveLength(1);
    expect(() => createLog({ name: 'x', env: { RASOAT_LOG: 'loud' } })).toThrow(UserError);
  });

  it('shows where a bug was thrown, and of no other error', () => {
    const { log, last } = lab();
    log.error({ error: new TypeError('x is not a function') }, 'bug');
    expect(last()['error']).toMatchObject({
      type: 'TypeError',
      stack: expect.arrayContaining([expect.stringMatching(/^at /)]) as unknown,
    });
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    log.error({ error: new Error('over', { cause: refused }) }, 'caused');
    expect(last()['error']).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    expect(last()['error']).not.toHaveProperty('cause.stack');
    const ended = Object.assign(new Error('terminating connection'), { code: '57P01' });
    const bad = new UserError([{ file: 'tinh.yaml', line: 3, message: message('cli.error') }]);
    for (const error of [refused, ended, bad, AbortSignal.abort().reason as Error]) {
      log.error({ error }, 'no bug');
      expect(last()['error']).not.toHaveProperty('stack');
    }
    log.error({ error: bad }, 'bad input');
    expect(last()['error']).toMatchObject({ problems: [{ file: 'tinh.yaml', line: 3 }] });
  });

  it('prints lines for people on a terminal, without a colour under NO_COLOR', () => {
    const { log, text } = lab({}, true);
    log.warn({ worker: 'w1', error: new TypeError('x') }, 'worker lost');
    expect(text()).toMatch(/^\d\d:\d\d:\d\d WARN {2}test: worker lost worker=w1 TypeError: x\n {4}at /);
    const coloured = lab({ env: {} }, true);
    coloured.log.info('hello');
    expect(coloured.text()).toContain('hello');
  });

  it('has written what it said when its process is killed', () => {
    const program = `import { createLog } from ${JSON.stringify(new URL('../../../src/engine/watch/log.ts', import.meta.url).href)};
      createLog({ name: 'dying' }).info({ n: 1 }, 'last words'); process.kill(process.pid, 'SIGKILL');`;
    const { stderr, stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(signal).toBe('SIGKILL');
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toMatchObject({ name: 'dying', msg: 'last words', n: 1 });
  });
});

/* A secret, and everything it may stand in. No letter of it is met by chance in a line. */
const secret = fc.stringMatching(/^[A-Za-z0-9_-]{12,24}$/).map((text) => `Zq9${text}`);
const wild = fc.string({ minLength: 12, maxLength: 40, unit: 'binary' }).filter((text) => new Set(text).size > 6);

/** Ways in which a text may hold a secret. */
const texts: readonly ((secret: string) => string)[] = [
  (s) => `postgres://rasoat:${s}@10.0.0.1:5432/db`,
  (s) => `postgres://rasoat:a/b#${s}@10.0.0.1/db`,
  (s) => `https://${s}@git.example/x`,
  (s) => `connect to http://proxy:${s}@10.0.0.2:3128 failed`,
  (s) => `https://portal.example/a?x=1&access_token=${s}&y=2`,
  (s) => `https://portal.example/a;jsessionid=${s}?key=${s}`,
  (s) => `Authorization: Basic ${s}`,
  (s) => `GET / HTTP/1.1\r\nCookie: a=b; sid=${s}\r\nHost: x`,
  (s) => `Set-Cookie: SESSION=${s}; Path=/`,
  (s) => `curl -H "X-Api-Key: ${s}" https://x`,
  (s) => `sent Bearer ${s}`,
  (s) => `host=10.0.0.1 user=rasoat password=${s} dbname=x`,
  (s) => `host=10.0.0.1 password='a b ${s}'`,
  (s) => `PGPASSWORD=${s} psql`,
  (s) => JSON.stringify({ user: 'a', password: `p"\\${s}` }),
  (s) => JSON.stringify(JSON.stringify({ client_secret: s })),
  (s) => `-----BEGIN PRIVATE KEY-----\n${s}\n-----END PRIVATE KEY-----`,
  (s) => `-----BEGIN OPENSSH PRIVATE KEY-----\\n${s}`,
  (s) => `eyJhbGciOiJIUzI1NiJ9.${s}.${s}`,
];
const names = [
  'password',
  'db_password',
  'clientSecret',
  'Authorization',
  'set-cookie',
  'X-Api-Key',
  'privateKey',
  'PGPASSWORD',
  'sid',
  'refreshToken',
];

/** Ways in which a value may hold another. */
const around: readonly ((value: unknown) => unknown)[] = [
  (v) => ({ inner: v }),
  (v) => [1, v],
  (v) => new Map([['a', v]]),
  (v) => new Set([v]),
  (v) => new Error('outer', { cause: v }),
  (v) => new AggregateError([v], 'many'),
  (v) => ({
    get late() {
      return v;
    },
  }),
  (v) => Object.assign(Object.create({ toJSON: () => v }) as object, { v }),
];

const planted = fc.oneof(
  fc.tuple(secret, fc.constantFrom(...texts)).map(([s, how]) => ({ secret: s, value: how(s) })),
  fc.tuple(secret, fc.constantFrom(...texts)).map(([s, how]) => ({ secret: s, value: new Error(how(s)) })),
  fc.tuple(secret, fc.constantFrom(...texts)).map(([s, how]) => ({ secret: s, value: { [how(s)]: 1 } })),
  fc
    .tuple(secret, fc.constantFrom(...names))
    .chain(([s, name]) =>
      fc
        .constantFrom<unknown>(
          { [name]: s },
          { [name]: [s] },
          { [name]: { a: s } },
          [name, s],
          ['x', 'y', name, s],
          { name, value: s },
          new Map([[name, s]]),
        )
        .map((value) => ({ secret: s, value })),
    ),
  fc.tuple(wild, fc.constantFrom(...names)).map(([s, name]) => ({ secret: s, value: { [name]: s } })),
  secret.map((s) => ({ secret: s, value: Buffer.from(s) })),
);
const nested = fc
  .tuple(planted, fc.array(fc.constantFrom(...around), { maxLength: 5 }))
  .map(([{ secret: s, value }, ways]) => ({ secret: s, value: ways.reduce((inner, way) => way(inner), value) }));

/** The ways into a line. */
const ways: readonly ((log: Log, value: unknown) => void)[] = [
  (log, value) => {
    log.info({ value }, 'x');
  },
  (log, value) => {
    log.child({ value }).warn('x');
  },
  (log, value) => {
    log.error(value as never, 'x');
  },
  (log, value) => {
    log
      .child(value as never)
      .child({ a: 1 })
      .info('x');
  },
  (log, value) => {
    log.info(typeof value === 'string' ? value : JSON.stringify(value instanceof Error ? value.message : 'x'));
  },
];

describe('no secret', () => {
  it.each([false, true])('planted anywhere comes out (terminal: %s)', (terminal) => {
    fc.assert(
      fc.property(nested, fc.constantFrom(...ways), ({ secret: s, value }, way) => {
        const { log, text } = lab({}, terminal);
        way(log, value);
        expect(text()).not.toContain(s);
        expect(text()).not.toContain(JSON.stringify(s).slice(1, -1));
      }),
      { numRuns: 1500 },
    );
  });

  it('the same texts without a secret come out: what is masked is the secret', () => {
    const { log, text } = lab();
    log.info(
      {
        url: 'https://portal.example:8443/a?page=2',
        to: 'postgres://rasoat@10.0.0.1:5432/db',
        key: '10.0.0.1:443',
        mail: 'http://x:80/a?to=a@b.vn',
      },
      'x',
    );
    for (const kept of ['https://portal.example:8443/a?page=2', '10.0.0.1:5432/db', '10.0.0.1:443', 'a@b.vn'])
      expect(text()).toContain(kept);
  });
});

describe('hostile text', () => {
  it('makes one JSON object a line of bounded size, whatever goes in', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
      maxDepth: 8,
      key: fc.string({ unit: 'binary' }),
    });
    fc.assert(
      fc.property(
        anything,
        fc.string({ unit: 'binary', maxLength: 3000 }),
        fc.constantFrom(...ways),
        (value, text, way) => {
          const { log, written, last } = lab();
          log.info({ value, text }, text);
          way(log, value);
          expect(written).toHaveLength(2);
          for (const line of written) {
            expect(line.indexOf('\n')).toBe(line.length - 1);
            expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
            expect(line.length).toBeLessThan(60_000);
            expect(JSON.parse(line)).toMatchObject({ name: 'test' });
          }
          expect(last()['pid']).toBe(process.pid);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is cut: megabytes, cycles, depth, proxies, getters that throw', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const thrower = {
      get a(): never {
        throw new Error('no');
      },
    };
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    const deep = Array.from({ length: 1000 }).reduce<unknown>((inner) => [inner], 'x');
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`k${n}`, 'v'.repeat(500)]));
    const { log, written } = lab();
    for (const value of [cycle, thrower, proxy, deep, wide, 'x'.repeat(5_000_000), 'eyJ-'.repeat(1_000_000)]) {
      log.info({ value }, 'x');
      expect((written.at(-1) ?? '').length).toBeLessThan(60_000);
      expect(JSON.parse(written.at(-1) ?? '')).toMatchObject({ msg: 'x' });
    }
  });

  it('moves no cursor and forges no line on a terminal', () => {
    const { log, text } = lab({}, true);
    log.info({ banner: 'a\n12:00:00 INFO  forged: \u001b[2J\u202etxt\u0085' }, 'banner\r\nread');
    expect(text().trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
