import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ajv } from 'ajv';
import { httpFacts, type Chain } from '../../../src/model/facts/http.ts';
import { FailureError } from '../../../src/model/failure.ts';
import { startHostile, startListener, type HostileName, type HostileServer } from '../../servers/hostile.ts';
import { observeWeb, permitOnly, wireTo } from './observe-web.ts';

const address = '127.0.32.9';
const forbidden = '127.0.32.99';
let server: HostileServer;
let listener: Awaited<ReturnType<typeof startListener>>;

beforeAll(async () => {
  listener = await startListener(forbidden);
  server = await startHostile({ address, forbiddenOrigin: `http://${forbidden}:${listener.port}` });
});
afterAll(async () => {
  await server.close();
  await listener.close();
});

/** Short only for those that are meant to reach it, so that a busy machine changes no result. */
const deadlines = (name: HostileName) => {
  const ms = /^(drip|silence|to-forbidden)/.test(name) ? 300 : 5000;
  return { headersMs: ms, bodyMs: ms };
};

/** The plain chain of one behaviour, or the code of the Failure thrown. */
async function seen(name: HostileName, wire = wireTo(permitOnly(address))): Promise<Chain | string> {
  try {
    const facts = await observeWeb({ url: server.url(name), address, wire, options: deadlines(name) });
    expect(validate(facts), JSON.stringify(validate.errors)).toBe(true);
    return facts.plain ?? 'no chain';
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
}
const validate = new Ajv({ strict: false }).compile(httpFacts);

const values = (chain: Chain, name: string) =>
  (chain.hops.at(-1)?.headers ?? []).filter(([found]) => found === name).map(([, value]) => value);

async function chainOf(name: HostileName): Promise<Chain> {
  const chain = await seen(name);
  if (typeof chain === 'string') throw new Error(`${name}: ${chain}`);
  return chain;
}

describe('an answer that is no answer is a Failure with its reason', () => {
  it.each<[HostileName, string]>([
    ['endless-headers', 'too-large'],
    ['endless-header-line', 'too-large'],
    ['endless-reason', 'too-large'],
    ['endless-early-hints', 'too-large'],
    ['to-huge', 'too-large'],
    ['drip-headers', 'timeout'],
    ['silence', 'timeout'],
    ['close-at-once', 'protocol'],
    ['reset-at-once', 'protocol'],
    ['status-9999', 'protocol'],
    ['status-42', 'protocol'],
    ['http-0.9', 'protocol'],
    ['not-http', 'protocol'],
    ['binary', 'protocol'],
    ['switching-protocols', 'protocol'],
  ])('%s: %s', async (name, code) => {
    expect(await seen(name)).toBe(code);
  });
});

describe('a body without end is cut and what came before is kept', () => {
  it.each<[HostileName, number, string | null]>([
    ['ten-gigabytes', 524_288, 'big'],
    ['endless-chunks', 524_288, null],
    ['one-byte-chunks', 524_288, null],
    ['reset-in-body', 19, 'half'],
  ])('%s', async (name, bytes, title) => {
    expect((await chainOf(name)).body).toMatchObject({ bytes, title, cut: true });
  });

  it('a body of one byte every now and then ends at its deadline with its headers kept', async () => {
    const chain = await chainOf('drip-body');
    expect(values(chain, 'X-Here')).toEqual(['yes']);
    expect(chain.body).toMatchObject({ cut: true });
  });

  it('a compressed quarter of a gigabyte is inflated to the cap and no further', async () => {
    const { body } = await chainOf('gzip-bomb');
    expect(body).toMatchObject({ title: 'bomb', cut: true });
    // All of it came: what was cut is what it would have grown to.
    expect(body?.bytes).toBeLessThan(524_288);
  });
});

describe('redirects that lead away are recorded and not followed', () => {
  it.each<[HostileName, string]>([
    ['to-metadata', 'http://169.254.169.254/latest/meta-data/'],
    ['to-name', 'http://stranger.test/'],
    ['to-mail-port', `http://${address}:25/`],
    ['to-file', 'file:///etc/passwd'],
    ['to-javascript', 'javascript:alert(1)'],
    ['to-data', 'data:text/html,<script>alert(1)</script>'],
  ])('%s', async (name, location) => {
    const chain = await chainOf(name);
    expect(chain).toMatchObject({ end: 'left-scope', hops: [{ location }] });
  });

  it.each<HostileName>(['to-forbidden', 'to-forbidden-decimal', 'to-forbidden-mapped'])(
    '%s: the listening socket there hears nothing',
    async (name) => {
      const wire = wireTo(permitOnly(address));
      expect(await seen(name, wire)).toMatchObject({ end: 'left-scope', hops: [{ status: 302 }] });
      expect(listener.calls()).toBe(0);
      expect(wire.costs().map((cost) => cost.address)).toEqual([address]);
    },
  );

  it('the same redirect is followed when the address is in scope', async () => {
    const chain = await seen('to-forbidden', wireTo(permitOnly(address, forbidden)));
    expect(chain).toMatchObject({ end: 'failed' });
    expect(listener.calls()).toBe(1);
  });

  it('a Location that is no URL ends the chain as an answer', async () => {
    expect(await chainOf('to-nowhere')).toMatchObject({ end: 'answer', hops: [{ status: 302 }] });
  });

  it('credentials and fragments of a Location are never sent', async () => {
    const chain = await chainOf('to-credentials');
    expect(chain).toMatchObject({ end: 'answer', hops: [{}, { url: server.url('plain') }] });
    expect(server.heard().join('')).not.toMatch(/secret|fragment|authorization|cookie/i);
  });

  it('control bytes of a Location reach neither the next request nor the stored URL', async () => {
    const chain = await chainOf('to-controls');
    expect(chain.hops[1]?.url).toBe(`http://${address}:${server.port}/pl%01ain%1B[2J?a=b`);
  });

  it('a Location over the longest URL fails, with the hop kept', async () => {
    const chain = await chainOf('to-long');
    expect(chain).toMatchObject({ end: 'failed', failure: { code: 'too-large' }, hops: [{ headersCut: true }] });
  });

  it.each<[HostileName, number]>([
    ['loop-self', 1],
    ['loop-a', 2],
  ])('%s ends as a loop', async (name, hops) => {
    const chain = await chainOf(name);
    expect(chain.end).toBe('loop');
    expect(chain.hops).toHaveLength(hops);
  });
});

describe('headers are recorded as sent', () => {
  it.each<[HostileName, string, readonly string[]]>([
    ['space-before-colon', 'Server ', ['weird/1.0']],
    ['space-before-colon', 'X-Frame-Options', ['DENY']],
    ['folded-header', 'X-Folded', ['one two']],
    ['control-in-header', 'X-Bad', ['a\u0001b\u0000c']],
    ['bare-line-feeds', 'X-Bare', ['yes']],
    ['two-lengths', 'Content-Length', ['2', '5']],
    ['length-and-chunks', 'Transfer-Encoding', ['chunked']],
    ['duplicates', 'x-dup', ['2']],
    ['duplicates', 'Set-Cookie', ['a=*', 'b=*']],
    ['raw-bytes-header', 'X-Bytes', ['\u00e1\u00bb\u0087\u00ff']],
    ['unasked-continue', 'X-After', ['continue']],
    ['nasty-words', 'Server', ['=cmd|calc!A1']],
  ])('%s: %s', async (name, header, expected) => {
    expect(values(await chainOf(name), header)).toEqual(expected);
  });

  it('keeps 200 headers and 8,192 of a value, and says that it cut', async () => {
    const many = await chainOf('many-headers');
    expect(many.hops[0]).toMatchObject({ headersCut: true });
    expect(many.hops[0]?.headers).toHaveLength(200);
    const long = await chainOf('long-header');
    expect(values(long, 'X-Long')).toEqual(['v'.repeat(8192)]);
    expect(long.hops[0]?.headersCut).toBe(true);
  });

  it('a title is text, whatever it holds', async () => {
    const { body } = await chainOf('nasty-words');
    expect(body?.title).toBe(
      '</p><b>\u001b[2J\u001b]0;owned\u0007 \u202egnp.exe =HYPERLINK(1) <script>alert(1)</script>',
    );
    expect(body?.generator).toBe('"><img src=x onerror=alert(1)>');
  });
});

it('memory stays flat over the whole set, measured in a process of its own', async () => {
  const program = fileURLToPath(new URL('./memory-main.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program]);
  expect(Number(stdout)).toBeGreaterThan(0);
  expect(Number(stdout)).toBeLessThan(50);
});

it('every connection is closed in the end', async () => {
  await expect.poll(() => server.open()).toBe(0);
});
