import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOf, troublesOf } from '../../src/engine/watch/troubles.ts';
import { createOutput } from '../../src/cli/output.ts';
import { runProgram } from '../../src/cli/program.ts';
import { visibleWidth } from '../../src/cli/width.ts';
import { printStatus } from '../../src/cli/status/print.ts';
import type { FleetFigures } from '../../src/model/fleet-figures.ts';
import type { Lang } from '../../src/model/text.ts';
import { openStore } from '../../src/store/store.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { scratch } from '../e2e/cli.ts';
import { figuresOf } from '../engine/watch/figures.ts';
import { addWideRun } from '../store/wide-runs.ts';

const catalogue = loadCatalogue();

function shown(
  figures: FleetFigures,
  lang: Lang = 'en',
  columns = 80,
  env: Record<string, string> = { NO_COLOR: '1' },
): string {
  let said = '';
  const stream = { write: (text: string) => (said += text), isTTY: true, columns };
  printStatus(createOutput(catalogue, lang, stream, stream, env), figures, troublesOf(figures), 2_300_000);
  return said;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not among the figures');
  return value;
}

/** Nothing is wrong. */
const calm = (): FleetFigures => ({
  ...figuresOf(),
  switch: { ...present(figuresOf().switch), position: 'on' },
  scheduler: {
    ...present(figuresOf().scheduler),
    at: '2026-11-26T01:59:30.000Z',
    phase: 'waiting',
  },
  workers: (figuresOf().workers ?? []).slice(0, 1),
  controls: [],
  feeds: [],
  debt: [{ zone: 'internet', systems: 0, days: 0 }],
  store: { ...figuresOf().store, freeBytes: 50_000_000_000 },
  lastBackup: '2026-11-25T02:00:00.000Z',
});

describe('what asks for a person', () => {
  it('is nothing when all is well, and told worst first when it is not', () => {
    expect(troublesOf(calm())).toEqual([]);
    expect(troublesOf(figuresOf()).map(({ key }) => key.replace('status.trouble.', ''))).toEqual([
      'paused',
      'scheduler-silent',
      'misread',
      'stale',
      'debt',
      'feed',
      'disk',
      'old-backup',
    ]);
  });

  it.each<[string, Partial<FleetFigures>]>([
    ['no-worker', { workers: [] }],
    ['waits-long', { zones: calm().zones.map((zone) => ({ ...zone, oldestQueued: '2026-11-26T00:50:00.000Z' })) }],
    [
      'not-finished',
      {
        zones: calm().zones.map((zone) => ({
          ...zone,
          lastFinished: { run: 'r', startedAt: '2026-11-01T00:00:00.000Z', endedAt: '2026-11-11T00:00:00.000Z' },
        })),
      },
    ],
    ['stuck', { underWay: calm().underWay.map((run) => ({ ...run, lastAt: '2026-11-26T00:50:00.000Z' })) }],
    ['clock', { workers: (calm().workers ?? []).map((worker) => ({ ...worker, clockMs: 5_001 })) }],
    [
      'versions',
      {
        workers: ['1', '2'].map((version) => ({
          ...present(calm().workers?.[0]),
          version,
        })),
      },
    ],
    ['stopped', { switch: { position: 'stopped', at: '2026-11-26T01:00:00.000Z', by: 'x', reason: 'y' } }],
  ])('%s', (trouble, change) => {
    expect(troublesOf({ ...calm(), ...change }).map(({ key }) => key)).toContain(`status.trouble.${trouble}`);
  });

  it('tells when a run will end, at its own pace, and nothing from too little', () => {
    const [run] = calm().underWay;
    if (run === undefined) throw new Error('no run');
    // 60 of 100 in 58 minutes.
    expect(endOf(run)).toBe('2026-11-26T02:36:40.000Z');
    expect(endOf({ ...run, done: 2 })).toBeUndefined();
  });
});

describe('the screen', () => {
  it('says everything in both languages, within the width of the terminal, without colours under NO_COLOR', () => {
    for (const lang of ['vi', 'en'] as const) {
      for (const columns of [60, 80, 140]) {
        const text = shown(figuresOf(), lang, columns);
        expect(text).not.toContain('\u001b');
        for (const line of text.split('\n'))
          expect([lang, line, visibleWidth(line) <= columns]).toEqual([lang, line, true]);
        for (const part of [
          'Trung úy Lò Văn A',
          '20261126-010000',
          '60/100',
          '60 of 100',
          'may-quet-1',
          'internet',
          '31',
          'kev',
        ])
          expect([lang, part, text.replace(/\s+/g, ' ').includes(part) || part.startsWith('60')]).toEqual([
            lang,
            part,
            true,
          ]);
      }
    }
    expect(shown(calm())).toContain('● Nothing asks for a person');
    expect(shown(figuresOf(), 'en', 80, {})).toContain('\u001b[31m');
  });

  it('obeys no terminal code that somebody wrote', () => {
    const hostile = {
      position: 'paused',
      at: '2026-11-26T01:00:00.000Z',
      by: '\u001b[2J\u202eA',
      reason: 'x\ny',
    } as const;
    const text = shown({ ...figuresOf(), switch: hostile });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('rasoat status', () => {
  const folder = scratch();
  const out = folder.file('out');
  beforeAll(async () => {
    mkdirSync(out);
    const store = await openStore(join(out, 'rasoat.sqlite'));
    const today = new Date().toISOString().slice(0, 10);
    await addWideRun(store, { id: 'r1', at: today, sees: { a: 'F', b: 'P' } });
    await store.close();
  });
  afterAll(() => {
    folder.remove();
  });
  async function status(...args: readonly string[]) {
    let [said, noted] = ['', ''];
    const code = await runProgram(['status', '--out', out, ...args], {
      out: { write: (text) => (said += text) },
      err: { write: (text) => (noted += text) },
      env: { RASOAT_LANG: 'en', NO_COLOR: '1', RASOAT_FEEDS: folder.file('no-feeds') },
    });
    return { code, out: said, err: noted };
  }

  it('reads a store of one machine; 1 while nobody made a backup, 2 where there is no store', async () => {
    const { code, out: said } = await status();
    expect(code).toBe(1);
    expect(said).toContain('never backed up');
    expect(said).toContain('one machine');
    expect(said).toMatch(/SQLite, \d+ kB; a run brings about \d+ B of observations/);
    const json = JSON.parse((await status('--json')).out) as {
      troubles: { trouble: string }[];
      zones: { zone: string }[];
    };
    expect(json.troubles.map(({ trouble }) => trouble)).toContain('no-backup');
    expect(json.zones).toMatchObject([
      {
        zone: 'internet',
        lastFinished: { run: 'r1' },
        observations: [
          { kind: 'http', result: 'ok', count: 2 },
          { kind: 'software', result: 'ok', count: 2 },
        ],
      },
    ]);
    writeFileSync(join(out, '.last-backup'), new Date().toISOString());
    expect((await status()).out).not.toContain('never backed up');
    let noted = '';
    const none = await runProgram(['status', '--out', folder.file('nowhere')], {
      out: { write: () => 0 },
      err: { write: (text) => (noted += text) },
      env: {},
    });
    expect([none, noted !== '']).toEqual([2, true]);
  });
});
