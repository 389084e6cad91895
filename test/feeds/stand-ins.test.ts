import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStandIns } from '../../src/feeds/stand-ins.ts';
import { standInFor } from '../../src/judge/view/stand-in.ts';
import { hop } from '../judge/view/given.ts';

const table = await readStandIns();
const S = 'https://portal.example/';
const known = (title: string | null, text?: string) =>
  standInFor(hop(S, 200), { title, ...(text === undefined ? {} : { text }) }, table)?.is ?? null;

describe('the table of pages that stand in a site’s place', () => {
  it.each([
    ['Just a moment...', undefined, 'filter'],
    ['Request Rejected', undefined, 'filter'],
    [null, 'Xác nhận bạn không phải là người máy để tiếp tục', 'filter'],
    ['Trang web đang bảo trì - Sở Y tế', undefined, 'maintenance'],
    [null, 'Thông báo: bảo trì hệ thống đến 22 giờ', 'maintenance'],
    // Decomposed letters, as macOS writes them, and doubled spaces.
    ['Đang  bảo trì'.normalize('NFD'), undefined, 'maintenance'],
    ['Account Suspended', undefined, 'suspended'],
    [null, 'Tên miền này đã hết hạn', 'parked'],
    ['Website đang xây dựng', undefined, 'under-construction'],
    ['Firewall Authentication', undefined, 'captive-portal'],
    ['Welcome to nginx!', undefined, 'default-page'],
    ['Apache2 Debian Default Page: It works', undefined, 'default-page'],
    ['IIS Windows Server', undefined, 'default-page'],
    ['Apache Tomcat/9.0.70', undefined, 'default-page'],
    // The site's own pages, which only speak of such things.
    ['Cổng thông tin điện tử', undefined, null],
    ['Kế hoạch bảo trì hệ thống điện năm 2026', undefined, null],
    ['Giấy phép xây dựng', 'Thủ tục cấp giấy phép xây dựng', null],
    ['404 Not Found', 'nginx', null],
    ['403 Forbidden', "You don't have permission to access this resource.", null],
    [null, '', null],
  ] as const)('%j, %j: %s', (title, text, is) => {
    expect(known(title, text)).toBe(is);
  });

  it('reads headers by their values, and any value where none is named', () => {
    const by = (name: string, value: string) =>
      standInFor(hop(S, 200, { [name]: value }), undefined, table)?.name ?? null;
    expect([by('CF-Mitigated', 'Challenge'), by('cf-mitigated', 'no'), by('X-Sucuri-Block', 'any')]).toEqual([
      'Cloudflare',
      null,
      'Sucuri',
    ]);
  });

  it('does not trust the text of a page that was cut', () => {
    expect(standInFor(hop(S, 200), { title: null, text: 'đang bảo trì', cut: true }, table)).toBeNull();
  });

  it('Given a file with a word of no kind, then it is refused with its line', async () => {
    const file = join(tmpdir(), `rasoat-stand-ins-${process.pid}.yaml`);
    await writeFile(file, "asOf: '2026-11-25'\nsource: test\npages:\n  - is: nonsense\n    name: x\n");
    await expect(readStandIns(file)).rejects.toMatchObject({ problems: [{ line: 4 }] });
  });
});
