import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServer } from '../servers/process.ts';
import { outcomes, secretFile, settingsFile } from './command.ts';
import { dayName, outMaker, type MadeOut, type Sees } from './province.ts';

type Heard = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };
const heard: Heard[] = [];
/** What the receiver answers to one request after another; the last is said again; 0: nothing at all. */
let answers: readonly number[] = [204];
const secret = 'một bí mật dài';
const receiver: Server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
  request.on('end', () => {
    const status = answers[Math.min(heard.length, answers.length - 1)] ?? 204;
    heard.push({ path: request.url ?? '', headers: request.headers, body });
    if (status === 0) return;
    response.writeHead(status, status >= 300 && status < 400 ? { location: '/elsewhere' } : {}).end('x'.repeat(100));
  });
});
const url = 'http://127.72.2.1:8472/rasoat';
let maker: Awaited<ReturnType<typeof outMaker>>;
let made: MadeOut;
beforeAll(async () => {
  receiver.listen(8472, '127.72.2.1');
  await once(receiver, 'listening');
  maker = await outMaker(failing);
});
afterAll(() => {
  maker.end();
  receiver.close();
  receiver.closeAllConnections();
});

function verify(header: string, body: string, key: string, now: number): boolean {
  const { t = '', v1 = '' } = Object.fromEntries(header.split(',').map((part) => part.split('='))) as Record<
    string,
    string
  >;
  const expected = createHmac('sha256', key).update(`${t}.${body}`).digest();
  const given = Buffer.from(v1, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected) && Math.abs(now - Number(t)) < 300;
}

const failing: Sees = { 'benh-an': { 'tls-old': 'F' }, 'hoc-ba': { headers: 'F', 'cert-soon': 'F' } };
beforeEach(async () => {
  made = await maker.make();
  heard.length = 0;
  answers = [204];
  secretFile(made.out, 'bi-mat', secret);
});
afterEach(() => made.remove());

function go(args: readonly string[], more: object = {}, others: object = {}) {
  const webhook = { url, secret: { file: 'bi-mat' }, pauseSeconds: 0, ...more };
  const file = settingsFile(made.out, 's.yaml', { webhook, ...others });
  return outcomes(made.out, ['--settings', file, '--on', dayName(1), ...args]);
}

describe('webhook', () => {
  it('gives each owner’s digest by itself, signed over its time and its bytes', async () => {
    const { code, of } = await go([]);
    expect(code).toBe(0);
    expect(of.map(({ organisation, answer }) => `${organisation} ${answer ?? ''}`)).toEqual([
      'so-y-te HTTP 204',
      'so-giao-duc HTTP 204',
      'vien-thong HTTP 204',
    ]);
    const now = Date.now() / 1000;
    for (const [index, { headers, body, path }] of heard.entries()) {
      const signature = String(headers['x-rasoat-signature']);
      expect(path).toBe('/rasoat');
      expect(verify(signature, body, secret, now)).toBe(true);
      expect(verify(signature, `${body} `, secret, now)).toBe(false);
      expect(verify(signature, body, 'other', now)).toBe(false);
      expect(verify(signature, body, secret, now + 3600)).toBe(false);
      const payload = JSON.parse(body) as { readonly id: string; readonly schema: string };
      expect(payload.schema).toBe('rasoat.notice/1');
      expect([headers['x-rasoat-delivery'], of[index]?.id]).toEqual([payload.id, payload.id]);
    }
    const [own, owned, operated] = heard.map(({ body }) => body);
    expect(own).toContain('https://benh-an.example/x');
    for (const other of ['hoc-ba', 'bi-mat', 'BYTES']) expect(own).not.toContain(other);
    expect(owned).toContain('"target":null');
    expect(operated).toContain('https://hoc-ba.example/');
    // Told is told.
    expect((await go([])).of).toEqual([]);
    expect(heard.length).toBe(3);
  });

  it('tries again on 5xx, as the same delivery', async () => {
    answers = [503, 500, 200];
    const { of } = await go(['--owner', 'so-y-te']);
    expect(of).toMatchObject([{ outcome: 'sent', answer: 'HTTP 200' }]);
    expect(new Set(heard.map(({ headers }) => headers['x-rasoat-delivery'])).size).toBe(1);
    expect(heard.length).toBe(3);
  });

  it.each([
    ['a refusal', 403, 1, 'HTTP 403'],
    ['a redirect', 302, 1, 'HTTP 302'],
    ['an error without end', 500, 2, 'HTTP 500'],
    ['silence', 0, 2, /Abort|TIMEOUT|timeout/],
  ])('%s: kept as failed, tried again by the next command', async (_name, status, requests, reason) => {
    answers = [status];
    const { code, of } = await go(['--owner', 'so-y-te'], { tries: 2, ...(status === 0 ? { timeoutSeconds: 1 } : {}) });
    expect([code, of[0]?.outcome]).toEqual([1, 'failed']);
    expect(of[0]?.reason).toMatch(reason);
    expect(heard.map(({ path }) => path)).toEqual(Array(requests).fill('/rasoat'));
    answers = [200];
    expect((await go(['--owner', 'so-y-te'])).of).toMatchObject([{ outcome: 'sent' }]);
    expect(heard.at(-1)?.headers['x-rasoat-delivery']).toBe(heard[0]?.headers['x-rasoat-delivery']);
    expect(await made.store.notices.list()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('that a killed command left in the middle is given again, under the id that tells it is the same', async () => {
    await go(['--owner', 'so-y-te']);
    const [notice] = await made.store.notices.list();
    if (notice === undefined) throw new Error('nothing was written down');
    const key = { organisation: 'so-giao-duc', channel: 'webhook' as const, day: dayName(1) };
    await made.store.notices.intend({ ...notice, ...key }, []);
    await made.store.notices.handing(key, notice.at);
    expect((await go(['--owner', 'so-giao-duc'])).of).toMatchObject([{ outcome: 'sent' }]);
  });

  it('goes to the receiver that an owner has of its own', async () => {
    secretFile(made.out, 'rieng', 'khác');
    const own = { url: `${url}/y-te`, secret: { file: 'rieng' } };
    await go(['--owner', 'so-y-te'], {}, { organisations: { 'so-y-te': { webhook: own } } });
    expect(heard.map(({ path }) => path)).toEqual(['/rasoat/y-te']);
    const [first] = heard;
    expect(verify(String(first?.headers['x-rasoat-signature']), first?.body ?? '', 'khác', Date.now() / 1000)).toBe(
      true,
    );
  });

  it('is verified by the receiver that the README shows', async () => {
    const example = /```js\n([\s\S]+?)```/.exec(readFileSync('src/notify/README.md', 'utf8'))?.[1] ?? '';
    const place = { host: '127.72.2.2', port: 8473 };
    const script = join(made.out, 'receiver.mjs');
    writeFileSync(script, example.replace("8080, '127.0.0.1'", `${place.port}, '${place.host}'`));
    const server = await startServer(process.execPath, [script], [place], { env: { ...process.env, SECRET: secret } });
    try {
      const url = `http://${place.host}:${place.port}/`;
      secretFile(made.out, 'sai', 'không phải');
      const wrong = await go(['--owner', 'so-y-te'], { url, secret: { file: 'sai' } });
      expect(wrong.of).toMatchObject([{ outcome: 'failed', reason: 'HTTP 401' }]);
      expect((await go(['--owner', 'so-y-te'], { url })).of).toMatchObject([{ outcome: 'sent', answer: 'HTTP 204' }]);
    } finally {
      await server.stop();
    }
  });

  it('stands beside mail, each told by itself', async () => {
    const smtp = { host: '127.72.2.1', port: 26, tls: 'none', from: 'a@lab.test' };
    const { of } = await go(['--owner', 'so-y-te'], {}, { smtp });
    expect(of.map(({ channel, outcome }) => `${channel} ${outcome}`)).toEqual(['mail failed', 'webhook sent']);
  });
});
