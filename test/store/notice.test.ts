import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { engine } from './engine.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rasoat-notice-'));
  store = await openStore(await engine().place(folder));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const key = (day: string) => ({ organisation: 'o', channel: 'mail' as const, day });
const finding = { kind: 'finding' as const, finding: 'f', of: '2026-01-01T00:00:00.000Z' };
const notice = (day: string, told = [finding]) => ({
  ...key(day),
  ...{ id: `<${day}>`, at: `${day}T01:00:00.000Z`, to: ['a@b'], subject: 's', upto: 7, told },
});
const at = '2026-02-01T02:00:00.000Z';

describe('what was told', () => {
  it('is kept with what the server answered, and counted', async () => {
    for (const day of ['2026-01-02', '2026-01-05']) {
      expect(await store.notices.intend(notice(day), [])).toBe(true);
      await store.notices.handing(key(day), at);
      await store.notices.sent(key(day), at, '250 ok');
    }
    const list = await store.notices.list({ organisation: 'o', channel: 'mail' });
    expect(list.map(({ day }) => day)).toEqual(['2026-01-05', '2026-01-02']);
    expect(list[0]).toEqual({ ...notice('2026-01-05'), at, state: 'sent', attempts: 1, answer: '250 ok' });
    const one = { ...finding, firstOn: '2026-01-02', lastOn: '2026-01-05', times: 2 };
    expect(await store.notices.told('o', 'mail')).toEqual([one]);
    expect(await store.notices.told('o', 'webhook')).toEqual([]);
    // Another trouble of the same finding begins anew.
    const again = { ...finding, of: '2026-03-01T00:00:00.000Z' };
    await store.notices.intend(notice('2026-03-02', [again]), []);
    await store.notices.sent(key('2026-03-02'), at, '250 ok');
    const anew = { ...again, firstOn: '2026-03-02', lastOn: '2026-03-02', times: 1 };
    expect(await store.notices.told('o', 'mail')).toEqual([anew]);
  });

  it('is once a day; only what did not go may be tried again', async () => {
    const intend = () => store.notices.intend(notice('2026-01-02'), ['intended', 'failed']);
    expect(await intend()).toBe(true);
    await store.notices.failed(key('2026-01-02'), at, 'refused');
    expect((await store.notices.list())[0]).toMatchObject({ state: 'failed', reason: 'refused', attempts: 1 });
    expect(await store.notices.told('o', 'mail')).toEqual([]);
    expect(await intend()).toBe(true);
    expect((await store.notices.list())[0]).toMatchObject({ state: 'intended', attempts: 2 });
    expect((await store.notices.list())[0]).not.toHaveProperty('reason');
    await store.notices.handing(key('2026-01-02'), at);
    expect(await intend()).toBe(false);
    await store.notices.sent(key('2026-01-02'), at, '250 ok', 'x@y refused');
    expect(await intend()).toBe(false);
    expect((await store.notices.list())[0]).toMatchObject({ state: 'sent', reason: 'x@y refused', attempts: 2 });
    await expect(store.notices.failed(key('2026-01-02'), at, 'late')).rejects.toThrow('not under way');
    await expect(store.notices.handing(key('2026-01-02'), at)).rejects.toThrow('not under way');
  });
});
