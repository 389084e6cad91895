import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readState } from '../../src/feeds/folder.ts';
import { openFeeds } from '../../src/feeds/open.ts';
import { verifyFolder } from '../../src/feeds/verify.ts';
import { kev, nvd, retire } from './made/files.ts';
import { writeBigNvd } from './made/nvd.ts';
import { place, take } from './place.ts';

let here: ReturnType<typeof place>;
beforeEach(() => {
  here = place();
});
afterEach(() => {
  here.remove();
});

const main = new URL('../bench/feeds/import-main.ts', import.meta.url).pathname;
const startImport = (files: readonly string[]) =>
  spawn(process.execPath, [main, here.feeds, ...files], { stdio: 'ignore' });
const ended = (child: ReturnType<typeof startImport>) =>
  new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });

const stagings = (feeds: string) => readdirSync(feeds).filter((name) => name.startsWith('staging-'));

describe('an import', () => {
  it('that is killed at any moment loses nothing and leaves nothing behind', async () => {
    writeFileSync(here.file('nvd'), nvd());
    await take(here.feeds, [here.file('nvd')]);
    const before = readState(here.feeds);
    await writeBigNvd(here.file('big'), 4000);
    let killed = 0;
    for (const afterMs of [0, 150, 500]) {
      const left = new Set(stagings(here.feeds));
      const child = startImport([here.file('big')]);
      const done = ended(child);
      // Counted from the first byte written, so that a fast machine does not end before it is killed.
      while (child.exitCode === null && stagings(here.feeds).every((name) => left.has(name))) await sleep(2);
      await sleep(afterMs);
      if (child.kill('SIGKILL')) killed += 1;
      await done;
      const state = readState(here.feeds);
      // Either it had not come to its end, or it had: never anything between.
      if (state.nvd?.sha256 !== before.nvd?.sha256) expect(state.nvd?.entries).toBe(4000);
      expect((await verifyFolder(here.feeds)).every(({ fault }) => fault === undefined)).toBe(true);
    }
    expect(killed).toBeGreaterThan(0);
    writeFileSync(here.file('kev'), kev(['CVE-2021-23017']));
    await take(here.feeds, [here.file('kev')]);
    expect(readdirSync(here.feeds).filter((name) => /^staging-|^state\.json\./.test(name))).toEqual([]);
    expect(readdirSync(here.feeds).filter((name) => name.endsWith('.sqlite'))).toHaveLength(2);
  });

  it('waits for another, and both are kept', async () => {
    writeFileSync(here.file('kev'), kev(['CVE-2021-23017']));
    writeFileSync(here.file('retire'), retire());
    writeFileSync(here.file('nvd'), nvd());
    const codes = await Promise.all(['kev', 'retire', 'nvd'].map((name) => ended(startImport([here.file(name)]))));
    expect(codes).toEqual([0, 0, 0]);
    expect(Object.keys(readState(here.feeds)).sort()).toEqual(['kev', 'nvd', 'retire']);
  });

  it('changes nothing for whoever has the feeds open', async () => {
    writeFileSync(here.file('kev'), kev(['CVE-2021-23017']));
    await take(here.feeds, [here.file('kev')]);
    const feeds = await openFeeds(here.feeds);
    writeFileSync(here.file('kev'), kev(['CVE-2024-6387'], '2026-11-22T00:00:00Z'));
    await take(here.feeds, [here.file('kev')]);
    const cpe = 'cpe:2.3:a:f5:nginx:1:*:*:*:*:*:*:*';
    const [known] = Object.values(feeds.ask([{ product: 'nginx', version: '1', cpe }]));
    feeds.close();
    expect(known?.namedByKev.map(({ id }) => id)).toEqual(['CVE-2021-23017']);
  });
});
