import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startNginx, type WebDaemon } from '../servers/web-daemon.ts';
import { findingsOf, rasoat, scratch, type CommandResult } from './cli.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
let daemon: WebDaemon | undefined;
let scanned: CommandResult;

const document =
  '<!doctype html><title>Phuong an tac chien</title><p>UBND TINH</p><p>TUYỆT MẬT</p><h1>Ke hoach dac biet</h1>';

beforeAll(async () => {
  daemon = await startNginx(
    `charset utf-8; server { listen 127.0.93.41:8080; default_type text/html; return 200 '${document}'; }`,
    { host: '127.0.93.41', port: 8080 },
  );
  writeFileSync(
    folder.file('inventory.yaml'),
    sketchInventory([
      { id: 'lo', level: 3, endpoints: [{ kind: 'web', url: 'http://127.0.93.41:8080/', addresses: ['127.0.93.41'] }] },
    ]),
  );
  scanned = await rasoat(['--lang', 'vi', 'scan', '--inventory', folder.file('inventory.yaml'), '--out', folder.path]);
});
afterAll(async () => {
  await daemon?.stop();
  folder.remove();
});

/** Every file that the scan left behind: store, journal and report. */
function everything(path: string): readonly Buffer[] {
  return readdirSync(path).flatMap((name) => {
    const at = join(path, name);
    return statSync(at).isDirectory() ? everything(at) : [readFileSync(at)];
  });
}

describe('a scan that meets a document with a secrecy mark', () => {
  it('alerts on the terminal, at once and at the end', () => {
    expect(scanned.err.match(/CẢNH BÁO: http:\/\/127\.0\.93\.41:8080\/.*dấu độ mật/g)).toHaveLength(2);
  });

  it('finds it, critical, and decides nothing else of what the site serves', async () => {
    const findings = await findingsOf(folder.path);
    expect(findings.find(({ check }) => check === 'secrecy-mark')).toMatchObject({
      outcome: 'fail',
      severity: 'critical',
    });
    expect(findings.filter(({ check, outcome }) => check === 'csp' && outcome !== 'not-observed')).toEqual([]);
  });

  it('leaves no word of the document in any file', () => {
    for (const bytes of everything(folder.path)) {
      for (const word of ['tac chien', 'dac biet', 'UBND TINH']) expect(bytes.includes(word)).toBe(false);
    }
  });
});
