import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState } from '../../src/feeds/folder.ts';
import { readSettings, type Settings } from '../../src/feeds/settings.ts';
import { expand, updateFeeds, type Updated } from '../../src/feeds/update.ts';
import type { FeedName } from '../../src/model/feed.ts';
import { kev, retire } from './made/files.ts';
import { makeCve, makePage } from './made/nvd.ts';
import { now, place } from './place.ts';

let here: ReturnType<typeof place>;
let asked: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const server = createServer((request, response) => {
  asked.push(`${request.url ?? ''} ${request.headers['if-none-match'] ?? '-'}`);
  answer(request, response);
});
let origin = '';

beforeEach(async () => {
  here = place();
  asked = [];
  // A loopback address of its own.
  await new Promise<void>((resolve) => server.listen(0, '127.31.5.1', resolve));
  origin = `http://127.31.5.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  here.remove();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function update(
  sources: Settings['sources'],
  more: Partial<Settings> = {},
  at = now,
): Promise<readonly Updated[]> {
  const settings: Settings = { ...(await readSettings(here.feeds)), sources, ...more };
  const all: Updated[] = [];
  for await (const one of updateFeeds(here.feeds, settings, { userAgent: 'RaSoat/0 (test)', now: at })) all.push(one);
  return all;
}

const outcomes = (all: readonly Updated[]) => Object.fromEntries(all.map(({ feed, is }) => [feed, is]));
const why = (all: readonly Updated[]) =>
  all.flatMap((one) => (one.is === 'failed' ? one.problems.map(({ message }) => message.key) : []));

/** Serves texts by path, with entity tags, at the clock of these tests. */
function serve(texts: Readonly<Record<string, string>>, date = 'Wed, 25 Nov 2026 08:00:00 GMT'): void {
  answer = ({ url = '', headers }, response) => {
    const text = texts[url];
    const etag = `"${url} ${text?.length ?? 0}"`;
    response.setHeader('date', date).setHeader('etag', etag);
    if (text === undefined) response.writeHead(404).end();
    else if (headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.end(text);
  };
}

describe('updateFeeds', () => {
  it('imports what it downloads, remembers what the server said, and asks only for what has changed', async () => {
    const sources = { kev: [`${origin}/kev`], retire: [`${origin}/retire`] };
    serve({ '/kev': kev(['CVE-2021-23017']), '/retire': retire() });
    expect(outcomes(await update(sources))).toEqual({ kev: 'imported', retire: 'imported' });
    const state = readState(here.feeds);
    expect(state.kev).toMatchObject({ dateFrom: 'content', parts: [{ name: 'kev', address: `${origin}/kev` }] });
    expect(state.retire).toMatchObject({ dateFrom: 'server', date: '2026-11-25T08:00:00.000Z' });

    // The next day nothing has changed: KEV keeps its own date, retire.js has the server's word that it is of today.
    serve({ '/kev': kev(['CVE-2021-23017']), '/retire': retire() }, 'Thu, 26 Nov 2026 08:00:00 GMT');
    expect(outcomes(await update(sources, {}, '2026-11-26T09:00:00.000Z'))).toEqual({
      kev: 'unchanged',
      retire: 'imported',
    });
    expect(asked.slice(2)).toEqual([expect.stringMatching(/^\/kev "/), expect.stringMatching(/^\/retire "/)]);
    expect(readState(here.feeds).retire?.date).toBe('2026-11-26T08:00:00.000Z');
    expect(readState(here.feeds).kev).toEqual(state.kev);
  });

  it('puts the files of a feed together, those that have not changed included', async () => {
    const page = (year: number, stamp: string) => makePage([makeCve(`CVE-${year}-1000`, [])], { timestamp: stamp });
    const sources = { nvd: [`${origin}/2025`, `${origin}/2026`] };
    serve({ '/2025': page(2025, '2026-11-20T00:00:00.000'), '/2026': page(2026, '2026-11-21T00:00:00.000') });
    await update(sources);
    serve({ '/2025': page(2025, '2026-11-20T00:00:00.000'), '/2026': `${page(2026, '2026-11-24T00:00:00.000')} ` });
    expect(outcomes(await update(sources))).toEqual({ nvd: 'imported' });
    expect(readState(here.feeds).nvd).toMatchObject({ entries: 2, parts: [{ name: '2025' }, { name: '2026' }] });
    expect(expand(['a/{year}'], now)).toHaveLength(25);
  });

  it('leaves the other feeds alone when one fails, and what was here as it was', async () => {
    serve({ '/kev': kev(['CVE-2021-23017']), '/retire': retire() });
    await update({ kev: [`${origin}/kev`] });
    serve({ '/kev': kev(['CVE-2021-23017']).slice(0, -9), '/retire': retire() });
    const all = await update({ kev: [`${origin}/kev`], epss: [`${origin}/gone`], retire: [`${origin}/retire`] });
    expect(outcomes(all)).toEqual({ kev: 'failed', epss: 'failed', retire: 'imported' });
    expect(why(all)).toEqual(['feeds.truncated', 'feeds.download']);
    expect(readState(here.feeds).kev?.entries).toBe(1);
  });

  it('refuses what is another feed than asked for', async () => {
    serve({ '/kev': retire() });
    expect(why(await update({ kev: [`${origin}/kev`] }))).toEqual(['feeds.wrong-kind']);
  });

  it.each<readonly [string, (response: ServerResponse) => void, string]>([
    ['without end', (response) => response.write('{"catalogVersion":"1",'), 'feeds.download'],
    [
      'larger than allowed',
      (response) => response.end(`{"catalogVersion":${' '.repeat(1_100_000)}`),
      'feeds.too-large',
    ],
    [
      'broken off',
      (response) => response.writeHead(200, { 'content-length': '99' }).end('{}', () => response.destroy()),
      'feeds.download',
    ],
    ['an error', (response) => response.writeHead(503).end(), 'feeds.download'],
  ])('gives up on an answer that is %s', async (_name, reply, key) => {
    answer = (_request, response) => {
      reply(response);
    };
    expect(why(await update({ kev: [`${origin}/kev`] }, { seconds: 2, megabytes: 1 }))).toEqual([key]);
    expect(readState(here.feeds)).toEqual({});
  });

  it('goes through a proxy where one is set', async () => {
    const { proxyOf } = await import('./proxy.ts');
    const proxy = await proxyOf('127.31.5.2');
    serve({ '/kev': kev(['CVE-2021-23017']) });
    expect(outcomes(await update({ kev: [`${origin}/kev`] }, { proxy: proxy.address }))).toEqual({ kev: 'imported' });
    expect(proxy.asked()).toEqual([origin.slice('http://'.length)]);
    await proxy.close();
  });

  it('knows an official address of every feed but the roots, over HTTPS', async () => {
    const { sources } = await readSettings(here.feeds);
    const without = (Object.keys(sources) as FeedName[]).filter((name) => sources[name]?.length === 0);
    expect(without).toEqual(['roots']);
    expect(Object.keys(sources)).toHaveLength(10);
    for (const address of Object.values(sources).flat()) expect(address).toMatch(/^https:\/\//);
  });
});
