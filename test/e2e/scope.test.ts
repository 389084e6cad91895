import { createServer, type Server } from 'node:net';
import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findingsOf, rasoat, scratch } from './cli.ts';
import { sketchInventory } from './inventory.ts';

/** A socket that must hear nothing. */
async function listenAt(
  address: string,
): Promise<{ readonly server: Server; readonly heard: () => number; readonly port: number }> {
  let heard = 0;
  const server = createServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(8080, address, resolve));
  return { server, heard: () => heard, port: 8080 };
}

let folder: ReturnType<typeof scratch>;
let ear: Awaited<ReturnType<typeof listenAt>>;
beforeEach(async () => {
  folder = scratch();
  ear = await listenAt('127.0.42.1');
});
afterEach(() => {
  ear.server.close();
  folder.remove();
});

const system = { id: 'he-thong', endpoints: [{ kind: 'web', url: 'http://127.0.42.1:8080/' }] };
const write = (text: string) => {
  writeFileSync(folder.file('inventory.yaml'), text);
};
const scanArgs = () => ['scan', '--inventory', folder.file('inventory.yaml'), '--out', folder.file('out')];

describe('no authorisation, no packet', () => {
  it('a dry run prints who would be contacted, where and under which document, and sends nothing', async () => {
    write(sketchInventory([system]));
    const { code, out } = await rasoat([...scanArgs(), '--dry-run']);
    expect(code).toBe(0);
    expect(out).toContain('http://127.0.42.1:8080/ [127.0.42.1]');
    expect(out).toContain('ports 8080');
    expect(out).toContain('under 01/QĐ-TEST');
    expect(ear.heard()).toBe(0);
    expect(existsSync(folder.file('out'))).toBe(false);
  });

  const refusals: readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>?][] = [
    ['another network', {}, { networks: ['127.0.99.0/24'] }],
    ['another port', {}, { networks: ['127.0.42.0/24'], ports: '443' }],
    [
      'a document that has expired',
      { document: { number: '02/QĐ-TEST', date: '2020-01-01' }, from: '2020-01-01', until: '2020-12-31' },
    ],
    ['a blackout today', { blackouts: [{ from: '2026-01-01', until: '2098-12-31', reason: 'Bầu cử' }] }],
  ];
  for (const [why, authorisation, scope] of refusals) {
    it(`hears nothing when the document covers ${why}; the refusal is stored and shown as not observed`, async () => {
      write(sketchInventory([system], authorisation, scope));
      const { code } = await rasoat([...scanArgs(), '--no-report']);
      expect(code).toBe(3);
      expect(ear.heard()).toBe(0);
      const findings = await findingsOf(folder.file('out'));
      const seen = findings.filter(({ outcome }) => outcome !== 'not-applicable');
      expect(seen.length).toBeGreaterThan(5);
      expect(new Set(seen.map(({ outcome, cause }) => `${outcome} ${cause?.failure.code ?? ''}`))).toEqual(
        new Set(['not-observed not-permitted']),
      );
    });
  }

  it('never contacts a system of an excluded field, and never names its host', async () => {
    const text = sketchInventory([
      system,
      { id: 'khac', endpoints: [{ kind: 'web', url: 'http://127.0.42.2:8080/' }] },
    ]);
    write(text.replace('owner: so-a', 'owner: so-a\n    excluded: quan-su'));
    const { err } = await rasoat([...scanArgs(), '--json']);
    expect(err).toContain('1 target');
    expect(ear.heard()).toBe(0);
    const findings = await findingsOf(folder.file('out'));
    expect(findings.some((finding) => finding.target.includes('127.0.42.1'))).toBe(false);
  });

  it('does not follow a redirect out of scope, and records where it pointed', async () => {
    const origin = createServer((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 302 Found\r\nLocation: http://127.0.42.1:8080/in\r\nContent-Length: 0\r\n\r\n'),
      );
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => origin.listen(8080, '127.0.42.3', resolve));
    write(
      sketchInventory(
        [{ id: 'he-thong', endpoints: [{ kind: 'web', url: 'http://127.0.42.3:8080/' }] }],
        {},
        { networks: ['127.0.42.3'] },
      ),
    );
    await rasoat([...scanArgs(), '--no-report']);
    origin.close();
    expect(ear.heard()).toBe(0);
  });
});

describe('bad input', () => {
  it('exits 2 with file, line and column, and leaves nothing behind', async () => {
    write(sketchInventory([system]).replace('owner: so-a', 'owner: so-b'));
    const { code, err } = await rasoat(scanArgs());
    expect(code).toBe(2);
    expect(err).toMatch(/inventory\.yaml:\d+:\d+: error: /);
    expect(existsSync(folder.file('out'))).toBe(false);
  });

  it('says so in Vietnamese by default', async () => {
    write('schema: 2\n');
    const { code, err } = await rasoat(['inventory', 'validate', folder.file('inventory.yaml')], { RASOAT_LANG: '' });
    expect(code).toBe(2);
    expect(err).toMatch(/inventory\.yaml:1:\d+: lỗi: /);
  });

  it.each([
    [['scan', '--nonsense'], /unknown option --nonsense/],
    [['nonsense'], /unknown command nonsense/],
    [['scan', '--at-once', 'many'], /invalid value/],
    [['scan', '--out', '/proc/nowhere'], /no inventory given/],
    [['findings', '--out', '/proc/nowhere'], /no scan results/],
    [['checks', 'show', 'no-such'], /no check "no-such"/],
  ])('rasoat %j exits 2 and says why', async (args, complaint) => {
    const { code, err } = await rasoat(args);
    expect(code).toBe(2);
    expect(err).toMatch(complaint);
    expect(err).not.toContain('    at ');
  });
});
