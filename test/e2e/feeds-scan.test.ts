import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeAll } from '../feeds/made/files.ts';
import { rasoat, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

// Debian has no nginx of that age, so its one header is said by another server.
const server = createServer((_request, response) => {
  response.setHeader('server', 'nginx/1.18.0').end('<title>x</title>');
});
const here = scratch();
const env = { RASOAT_FEEDS: here.file('feeds') };
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(8087, '127.31.6.1', resolve));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  here.remove();
});

it('holds what a target tells against the feeds, prints their dates, and a rejudge without them says so', async () => {
  const inventory = here.file('tinh.yaml');
  const url = 'http://127.31.6.1:8087/';
  writeFileSync(inventory, sketchInventory([{ id: 'a', endpoints: [{ kind: 'web', url }] }]));
  const files = await writeAll(here.file('all'));
  expect((await rasoat(['feeds', 'import', ...files, '--date', '2026-11-20'], env)).code).toBe(0);
  // The files are of a fixed day, and this scan is of today.
  const limits = ['kev', 'nvd', 'epss', 'osv', 'debian', 'retire'].map((feed) => `${feed}: 3650`).join(', ');
  writeFileSync(`${env.RASOAT_FEEDS}/settings.yaml`, `days: { ${limits} }\n`);
  const scan = await rasoat(
    ['scan', '--inventory', inventory, '--out', here.file('out'), '--no-report', '--ports', 'connect'],
    env,
  );
  expect(scan.code).toBe(1);

  const found = (await rasoat(['findings', '--out', here.file('out'), '--json'], env)).out;
  const exploited = found.split('\n').find((line) => line.includes('"software-exploited"')) ?? '';
  expect(exploited).toContain('"outcome":"fail"');
  expect(exploited).toContain('nvd 2026-11-20, kev 2026-11-20');

  const without = await rasoat(['rejudge', '--out', here.file('out'), '--json'], { RASOAT_FEEDS: here.file('none') });
  const changes = without.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(changes).toContainEqual(
    expect.objectContaining({ check: 'software-exploited', before: 'fail', after: 'not-observed' }),
  );
});
