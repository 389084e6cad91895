import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askSite } from '../../../src/probe/http/asks/ask-site.ts';
import type { Asked, WebPart } from '../../../src/probe/http/web-part.ts';
import { observeWeb } from './observe-web.ts';

const address = '127.0.87.7';
/** When each request arrived, by the server's own clock, and how. */
const log: { readonly at: number; readonly line: string }[] = [];
const server = createServer((request, response) => {
  log.push({ at: performance.now(), line: `${request.method ?? ''} ${request.url ?? ''}` });
  const steps = /^\/step\/(\d+)$/.exec(request.url ?? '')?.[1];
  if (steps !== undefined && steps !== '0') response.writeHead(302, { Location: `/step/${Number(steps) - 1}` }).end();
  else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>app</title>');
});
let origin = '';

beforeAll(async () => {
  await once(server.listen(0, address), 'listening');
  origin = `http://app.test:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** Asks far more than there is room for. */
const greedy: Asked[] = [];
const askMuch: WebPart = async ({ origins: [site], ask }) => {
  for (let each = 0; each < 60 && site !== undefined; each += 1)
    greedy.push(await ask({ url: new URL(`/path/${each}`, site) }));
  return {};
};

describe('the manners of one observation, by the log of the server', () => {
  it('are at most 40 requests, at most four in any second, and the rest is said to be left out', async () => {
    const facts = await observeWeb({
      url: `${origin}/step/8`,
      address,
      name: 'app.test',
      siblings: [],
      options: { requestsPerSecond: 4, parts: [askSite, askMuch] },
    });
    expect(log).toHaveLength(40);
    const most = Math.max(...log.map(({ at }) => log.filter((each) => each.at >= at && each.at < at + 1000).length));
    expect(most).toBe(4);
    expect(log.filter(({ line }) => /^(PUT|DELETE|POST|PATCH|CONNECT)/.test(line))).toEqual([]);
    const left = greedy.filter(({ outcome }) => outcome === 'left-out').length;
    expect(facts.requests).toEqual({ made: 40, most: 40, leftOut: left });
    expect(greedy.filter(({ outcome }) => outcome === 'answer')).toHaveLength(60 - left);
    expect(facts.asks?.questions.filter(({ hop }) => hop === undefined)).toEqual([
      expect.objectContaining({
        question: 'twin',
        failure: expect.objectContaining({ code: 'not-permitted' }) as unknown,
      }),
    ]);
  });
});
