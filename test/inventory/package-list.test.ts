import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePackageList } from '../../src/inventory/package-list.ts';
import { readPackages, withEvidence } from '../../src/inventory/read-packages.ts';
import { UserError } from '../../src/model/errors.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { evidenceFor, packageLists } from '../../src/model/software/evidence.ts';
import type { Target } from '../../src/model/target.ts';

const dpkg = `Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name           Version           Architecture Description
+++-==============-=================-============-=================================
ii  openssh-server 1:9.2p1-2+deb12u3 amd64        secure shell (SSH) server
rc  vsftpd         3.0.3-13          amd64        lightweight, efficient FTP server
ii  adduser        3.134             all          add and remove users
`;

describe('lists of packages', () => {
  it.each([
    ['dpkg', dpkg, ['openssh-server 1:9.2p1-2+deb12u3']],
    [
      'dpkg',
      'openssh-server:amd64\t1:9.2p1-2+deb12u3\nnginx\t1.22.1-9\nvsftpd\t\n',
      ['openssh-server 1:9.2p1-2+deb12u3', 'nginx 1.22.1-9'],
    ],
    [
      'rpm',
      'openssh-server-8.7p1-38.el9.x86_64\nhttpd-2.4.57-5.el9.x86_64\ngpg-pubkey-fd431d51-4ae0493b\n',
      ['openssh-server 8.7p1-38.el9', 'httpd 2.4.57-5.el9'],
    ],
    [
      'windows-kb',
      'Hotfix(s): 2 Hotfix(s) Installed.\n  [01]: KB5031364\nSRV Update KB5011644 NT AUTHORITY\\SYSTEM 10/12/2023\n',
      ['KB5031364 ', 'KB5011644 10/12/2023'],
    ],
  ] as const)('reads %s', (from, text, expected) => {
    const { packages, badLines } = parsePackageList(from, text);
    expect(badLines).toEqual([]);
    expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual(expected);
  });

  it('names the lines that are none, and a file without any', () => {
    expect(parsePackageList('dpkg', `${dpkg}<html>\n`).badLines).toEqual([9]);
    expect(parsePackageList('rpm', 'total nonsense here\n').badLines).toEqual([1]);
    expect(parsePackageList('windows-kb', 'nothing').badLines).toEqual([1]);
  });

  it('is total and bounded for any text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...packageLists), fc.string({ unit: 'binary', maxLength: 2000 }), (from, text) => {
        const { packages, badLines } = parsePackageList(from, text);
        expect(packages.length + badLines.length).toBeLessThanOrEqual(520);
      }),
    );
  });
});

describe('evidence', () => {
  const target = (address: string): Target => ({
    key: `srv [${address}]`,
    kind: 'host',
    system: 'a',
    endpoint: { kind: 'host', host: 'srv.example' },
    name: 'srv.example',
    address,
  });
  const inventoryWith = (host?: string) =>
    ({
      systems: [
        {
          id: 'a',
          packages: [
            {
              file: 'dpkg.txt',
              from: 'dpkg',
              date: '2026-10-01',
              release: '12',
              ...(host === undefined ? {} : { host }),
            },
          ],
        },
      ],
    }) as unknown as Inventory;

  it('is read beside the inventory, and goes to the machine that it speaks of', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rasoat-packages-'));
    try {
      await writeFile(join(folder, 'dpkg.txt'), dpkg);
      const found = await readPackages(join(folder, 'tinh.yaml'), inventoryWith('192.0.2.7'));
      expect(withEvidence(target('192.0.2.7'), found).packages).toHaveLength(1);
      expect(withEvidence(target('192.0.2.8'), found)).not.toHaveProperty('packages');
      await writeFile(join(folder, 'dpkg.txt'), 'not a list\n');
      const refused = await readPackages(join(folder, 'tinh.yaml'), inventoryWith()).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(UserError);
      expect((refused as UserError).problems).toMatchObject([{ file: join(folder, 'dpkg.txt'), line: 1 }]);
      await rm(join(folder, 'dpkg.txt'));
      await expect(readPackages(join(folder, 'tinh.yaml'), inventoryWith())).rejects.toBeInstanceOf(UserError);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('decides until it goes stale, the newest of several', () => {
    const list = (date: string, version: string, validDays?: number) => ({
      file: 'f',
      from: 'dpkg' as const,
      date,
      packages: [{ name: 'openssh-server', version }],
      ...(validDays === undefined ? {} : { validDays }),
    });
    const at = '2026-11-22T00:00:00.000Z';
    expect(evidenceFor('openssh', [list('2026-10-01', '1'), list('2026-11-01', '2')], at)?.version).toBe('2');
    expect(evidenceFor('openssh', [list('2026-08-01', '1')], at)).toBeUndefined();
    expect(evidenceFor('openssh', [list('2026-08-01', '1', 200)], at)?.version).toBe('1');
    expect(evidenceFor('openssh', [list('2026-12-01', '1')], at)).toBeUndefined();
    expect(evidenceFor('nginx', [list('2026-11-01', '1')], at)).toBeUndefined();
  });
});
