import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kev, publicSuffix, retire } from '../feeds/made/files.ts';
import { rasoat, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const here = scratch();
const there = scratch();
const from = { RASOAT_FEEDS: here.file('feeds') };
const to = { RASOAT_FEEDS: there.file('feeds') };
beforeAll(() => {
  writeFileSync(here.file('a'), kev(['CVE-2021-23017'], '2026-01-10T00:00:00Z'));
  writeFileSync(here.file('b'), retire());
});
afterAll(() => {
  here.remove();
  there.remove();
});

const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

describe('rasoat feeds', () => {
  it('imports, lists, exports signed, verifies and imports elsewhere', async () => {
    const imported = await rasoat(
      ['feeds', 'import', here.file('a'), here.file('b'), '--date', '2026-01-15', '--json'],
      from,
    );
    expect([imported.code, lines(imported.out).map(({ feed, entries }) => [feed, entries])]).toEqual([
      0,
      [
        ['kev', 1],
        ['retire', 3],
      ],
    ]);
    const listed = lines((await rasoat(['feeds', 'list', '--json'], from)).out);
    expect(listed).toHaveLength(10);
    expect(listed.find(({ feed }) => feed === 'kev')).toMatchObject({
      here: true,
      limitDays: 30,
      date: '2026-01-10T00:00:00.000Z',
    });
    expect(listed.find(({ feed }) => feed === 'nvd')).toMatchObject({ here: false });

    const bundle = here.file('bundle.zip');
    expect((await rasoat(['feeds', 'export', bundle], from)).code).toBe(2);
    expect((await rasoat(['feeds', 'keygen', here.file('key')], from)).code).toBe(0);
    const exported = await rasoat(['feeds', 'export', bundle, '--sign', here.file('key')], from);
    expect([exported.code, exported.out]).toEqual([0, `Wrote ${bundle}: 2 feeds, 2 files.\n`]);
    const verified = await rasoat(['feeds', 'verify', bundle, '--key', here.file('key.pub')], to);
    expect(verified.out).toBe(`${bundle}: signed by the key, complete and unchanged (kev, retire)\n`);
    const refused = await rasoat(['feeds', 'import', bundle], to);
    expect([refused.code, refused.out]).toEqual([2, '']);
    expect(refused.err.trim().split('\n')).toHaveLength(1);
    expect((await rasoat(['feeds', 'import', bundle, '--key', here.file('key.pub')], to)).code).toBe(0);
    expect((await rasoat(['feeds', 'verify'], to)).out).toBe('kev: whole\nretire: whole\n');
  });

  it('takes limits and the key from settings, and says what is wrong with it', async () => {
    writeFileSync(there.file('settings.yaml'), `days: { kev: 3650 }\nkey: ${here.file('key.pub')}\n`);
    const listed = await rasoat(['feeds', 'list', '--json', '--settings', there.file('settings.yaml')], to);
    expect(lines(listed.out).find(({ feed }) => feed === 'kev')).toMatchObject({ limitDays: 3650, fresh: true });
    writeFileSync(there.file('settings.yaml'), 'days: { kev: 0 }\nsource: {}\n');
    const wrong = await rasoat(['feeds', 'list', '--settings', there.file('settings.yaml')], to);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/settings\.yaml:1:\d+: error: .*\n.*settings\.yaml:2:1: error: .*source/);
  });

  it('an imported public suffix list is held against an authorisation', async () => {
    const inventory = here.file('tinh.yaml');
    const endpoints = [{ kind: 'host', host: '127.62.13.1' }];
    const scope = { networks: ['127.62.13.0/24'], domains: ['tinh-moi.vn'] };
    writeFileSync(inventory, sketchInventory([{ id: 'a', endpoints }], {}, scope));
    const env = { RASOAT_FEEDS: here.file('suffixes') };
    const validate = () => rasoat(['inventory', 'validate', inventory], env);
    expect((await validate()).code).toBe(0);
    const today = new Date().toISOString().slice(0, 10);
    const list = publicSuffix().replace(/VERSION: \S{10}/, `VERSION: ${today}`);
    writeFileSync(here.file('list'), list.replace('gov.vn\n', 'gov.vn\ntinh-moi.vn\n'));
    expect((await rasoat(['feeds', 'import', here.file('list')], env)).code).toBe(0);
    const refused = await validate();
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/error: .*tinh-moi\.vn/) as string]);
  });

  it("shows each feed's age in doctor", async () => {
    const signs = lines((await rasoat(['doctor', '--json'], to)).out);
    expect(signs.find(({ id }) => id === 'kev')).toMatchObject({ ok: false, required: false });
    expect(signs.find(({ id }) => id === 'end-of-life')).toMatchObject({
      detail: expect.stringContaining('2026-08-22') as string,
    });
  });
});
