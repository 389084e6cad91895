import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { observePaths } from './observe-paths.ts';

const address = '127.0.93.31';
let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => {
    if (server === undefined) resolve(undefined);
    else server.close(resolve);
  });
});

/** A site whose front page is plain and whose every other path behaves as told. */
async function site(other: RequestListener): Promise<void> {
  server = createServer((request, response) => {
    if (request.url === '/') response.setHeader('Content-Type', 'text/html').end('<title>Cổng</title>');
    else if (request.url?.startsWith('/khong-ton-tai') === true) response.writeHead(404).end('none');
    else other(request, response);
  });
  await new Promise((resolve) =>
    server?.listen(8080, address, () => {
      resolve(undefined);
    }),
  );
}

function pour(response: ServerResponse, chunk: Buffer): void {
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

const megabyte = Buffer.alloc(1_048_576, 0x61);
const limits = { headersMs: 300, bodyMs: 300 };
const nothingFound = ['security-txt-present'];

describe('hostile answers to the paths', () => {
  it('a gigabyte each is read only as far as asked', async () => {
    await site((_request, response) => {
      response.writeHead(200, { 'Content-Length': String(1024 ** 3) });
      pour(response, megabyte);
    });
    const before = process.memoryUsage().rss;
    const seen = await observePaths(address, limits);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    expect(seen.facts.paths?.answered.every(({ bytes, cut }) => bytes <= 65_536 && cut)).toBe(true);
    expect(seen.facts.paths?.answered.length).toBe(27);
    expect(seen.checksWith('fail').filter((check) => !nothingFound.includes(check))).toEqual([]);
  });

  it('a drop at a time is given up, and what is silent three times is asked no more', async () => {
    await site((request, response) => {
      if (request.url === '/robots.txt' || request.url?.endsWith('security.txt') === true)
        response.writeHead(404).end();
    });
    const seen = await observePaths(address, limits);
    expect(seen.facts.paths?.unanswered.filter(({ why }) => why === 'failed')).toHaveLength(3);
    expect(seen.checksWith('pass')).not.toContain('environment-file-exposed');
    expect(seen.checksWith('not-observed')).toContain('backup-exposed');
  });

  it('a body that drips is read for its time and no longer', async () => {
    await site((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      const timer = setInterval(() => response.write('a'), 50);
      response.on('close', () => {
        clearInterval(timer);
      });
    });
    // No body ever ends by itself.
    const { facts } = await observePaths(address, { headersMs: 300, bodyMs: 100 });
    expect(facts.requests?.made).toBeLessThanOrEqual(40);
  });

  it('a bomb is inflated only as far as is read', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1_048_576));
    await site((_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'text/html' }).end(bomb);
    });
    const before = process.memoryUsage().rss;
    const seen = await observePaths(address, limits);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    expect(seen.checksWith('fail').filter((check) => !nothingFound.includes(check))).toEqual([]);
  });

  it('a redirect to elsewhere is recorded and not followed', async () => {
    const asked: string[] = [];
    await site((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(302, { Location: 'http://169.254.169.254/latest/' }).end();
    });
    const seen = await observePaths(address, limits);
    expect(asked.length).toBe((seen.facts.requests?.made ?? 0) - 2);
    expect(seen.facts.paths?.answered[0]?.location).toBe('http://169.254.169.254/latest/');
    expect(seen.checksWith('fail')).toEqual(nothingFound);
  });

  it('strange words are kept as data', async () => {
    await site((request, response) => {
      const name = '\u001b[2J\u202e<script>';
      const body = request.url === '/uploads/' ? `<title>Index of /${name}</title><a href="a">a</a>` : '';
      response.writeHead(body === '' ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' }).end(body);
    });
    const seen = await observePaths(address, limits);
    const [item] = seen.findings.find(({ check }) => check === 'directory-listing')?.evidence ?? [];
    expect(JSON.stringify(item?.saw)).not.toMatch(/\\u001b|\u202e/);
  });
});
