import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { removeLeftOver } from '../../src/report/left-over.ts';
import { scratch } from '../e2e/cli.ts';

const here = scratch();
afterAll(() => {
  here.remove();
});

const [left, away] = ['report-so-a.0123456789ab.new', 'report-so-a.0123456789ac.old'];
const others = [
  'report-so-a',
  'report-so-a-1.0123456789ab.new',
  'report-so-a.0123456789ab.new.bak',
  'report-so-a.xyz.new',
  'report.0123456789ab.new',
];

it('removes what killed calls left of this report a day ago, and nothing else', async () => {
  for (const name of [left, away, ...others]) {
    mkdirSync(here.file(name));
    writeFileSync(join(here.file(name), '.rasoat-report'), 'run\n');
  }
  const unmarked = 'report-so-a.0123456789ad.new';
  mkdirSync(here.file(unmarked));
  const hour = 3_600_000;
  const out = here.file('report-so-a');
  await removeLeftOver(out, Date.now() + 23 * hour);
  const all = [left, away, unmarked, ...others].sort();
  expect(readdirSync(here.path).sort()).toEqual(all);
  await removeLeftOver(out, Date.now() + 25 * hour);
  expect(readdirSync(here.path).sort()).toEqual(all.filter((name) => name !== left && name !== away));
  await removeLeftOver(join(here.path, 'none', 'report'), Date.now());
});
