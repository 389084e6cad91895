import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError, type Problem } from '../../src/model/errors.ts';
import type { Message } from '../../src/model/text.ts';
import { readSecret } from '../../src/notify/secret.ts';
import { parseSettings } from '../../src/notify/settings.ts';

const known = new Set(['so-y-te', 'cong-an']);
const whole = `schema: 1
smtp:
  host: mail.tinh.example
  port: 587
  tls: starttls
  user: ra-soat
  password: { file: mat-khau }
  from: ra-soat@tinh.example
webhook:
  url: https://nhan.tinh.example/rasoat
  secret: { env: RASOAT_WEBHOOK }
police: cong-an
organisations:
  so-y-te: { recipients: [cntt@yte.example], head: [giam-doc@yte.example], language: en }
ladder:
  critical: { reminders: [2, 4], escalate: { head: 2 } }
quiet: { hours: { from: '07:00', to: '17:30' }, except: [critical, high] }
`;

/** Problems of a text as `line:key field`. */
function problemsOf(text: string): readonly string[] {
  try {
    parseSettings(text, 'f.yaml', known);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ line, file, message: { key, params } }) => {
      expect(file).toBe('f.yaml');
      return `${line ?? '?'}:${key.replace(/^notify\.settings\./, '')} ${String(params?.['field'] ?? '')}`.trim();
    });
  }
}

const smtp = (lines: string) => `schema: 1\nsmtp:\n  host: mail.example\n  port: 25\n  from: a@b.example\n${lines}`;

describe('settings of the operator', () => {
  it('are read whole', () => {
    expect(problemsOf(whole)).toEqual([]);
  });

  it('are what the README shows', () => {
    const example = /```yaml\n([^`]+)```/.exec(readFileSync('src/notify/README.md', 'utf8'))?.[1] ?? '';
    const { settings } = parseSettings(example, 'f.yaml', new Set(['so-y-te', 'cong-an-tinh']));
    expect(settings.organisations?.['so-y-te']?.recipients).toEqual(['cntt@yte.tinh.example']);
  });

  it.each([
    ['a misspelt field', whole.replace('police', 'polcie'), ['12:unknown-field polcie']],
    ['a missing field', whole.replace('  host: mail.tinh.example\n', ''), ['2:missing-field host']],
    ['a word that is none', whole.replace('starttls', 'maybe'), ['5:not-among tls']],
    ['a text for a number', whole.replace('587', '"587"'), ['4:wrong-type port']],
    ['a port that is none', whole.replace('587', '99999'), ['4:maximum port']],
    ['two addresses in one', whole.replace('cntt@yte.example', '"a@b.example,c@d.example"'), ['14:no-address 0']],
    [
      'a line end in an address',
      whole.replace('cntt@yte.example', '"a@b.example\\r\\nBcc: x@y.example"'),
      ['14:no-address 0'],
    ],
    ['a name with a line end', smtp('  tls: starttls\n  fromName: "x\\r\\nBcc: a@b"\n'), ['7:wrong-form fromName']],
    ['a secret in the file itself', whole.replace('{ file: mat-khau }', 'hunter2'), ['7:wrong-type password']],
    ['two places for a secret', whole.replace('{ file: mat-khau }', '{ file: a, env: B }'), ['7:one-secret password']],
    ['no place for a secret', whole.replace('{ file: mat-khau }', '{}'), ['7:one-secret password']],
    ['an organisation that nobody is', whole.replace('  so-y-te:', '  so-la:'), ['14:unknown-organisation']],
    [
      'an organisation by a name',
      `${smtp('  tls: starttls\n')}organisations:\n  Sở Y tế: { channels: 5 }\n`,
      ['8:unknown-organisation'],
    ],
    ['nothing at all', '', ['1:wrong-type …']],
    ['police that nobody is', whole.replace('police: cong-an', 'police: ai-do'), ['12:unknown-organisation']],
    ['plaintext to a name', smtp('  tls: none\n').replace('mail.example', 'localhost'), ['6:plaintext']],
    ['plaintext to another machine', smtp('  tls: none\n').replace('mail.example', '10.0.0.1'), ['6:plaintext']],
    [
      'what only begins like loopback',
      smtp('  tls: none\n').replace('mail.example', '127.0.0.1.example'),
      ['6:plaintext'],
    ],
    ['plaintext to this machine, said so', smtp('  tls: none\n').replace('mail.example', '127.0.0.9'), []],
    [
      'a password in clear',
      smtp('  tls: none\n  user: a\n  password: { env: B }\n').replace('mail.example', '127.0.0.9'),
      ['7:password-in-clear'],
    ],
    ['a user without a password', smtp('  tls: implicit\n  user: a\n'), ['7:user-and-password']],
    ['a webhook in clear', whole.replace('https://nhan', 'http://nhan'), ['10:plain-webhook']],
    ['a webhook in clear to this machine', whole.replace('https://nhan.tinh.example', 'http://127.0.0.1:9'), []],
    ['a webhook with a login', whole.replace('https://nhan', 'https://a:b@nhan'), ['10:bad-url']],
    ['a channel that is not set up', smtp('  tls: starttls\nchannels: [webhook]\n'), ['7:channel-not-set-up']],
    ['no YAML', 'schema: 1\n  x: [', ['2:yaml.indent']],
  ])('%s', (_name, text, expected) => {
    const found = problemsOf(text);
    if (expected[0]?.includes('yaml.') === true) expect(found.length).toBeGreaterThan(0);
    else expect(found).toEqual(expected);
  });

  it('are refused with a place, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.nat(600), (junk, at) => {
        const text = whole.slice(0, at) + junk + whole.slice(at);
        expect(problemsOf(text).every((problem) => /^\d+:/.test(problem))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rasoat-secret-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const problem = (message: Message): Problem => ({ file: 'f.yaml', line: 7, message });
  const read = (place: { file?: string; env?: string }) =>
    readSecret(place, join(folder, 'f.yaml'), { RASOAT_X: 'from-env' }, problem);
  const write = (name: string, text: string, mode: number) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), mode);
  };

  it('comes from a file that only its owner reads, told from the folder of the settings', async () => {
    write('own', 'mật khẩu\n', 0o600);
    expect(await read({ file: 'own' })).toBe('mật khẩu');
    write('readonly', 'x', 0o400);
    expect(await read({ file: 'readonly' })).toBe('x');
  });

  it('or from the environment', async () => {
    expect(await read({ env: 'RASOAT_X' })).toBe('from-env');
  });

  it.each([
    ['open', { file: 'open' }, 'notify.secret.open-to-others'],
    ['empty', { file: 'empty' }, 'notify.secret.empty'],
    ['absent', { file: 'absent' }, 'notify.secret.unreadable'],
    ['a folder', { file: '.' }, 'notify.secret.unreadable'],
    ['a link to an open file', { file: 'link' }, 'notify.secret.open-to-others'],
    ['an unset variable', { env: 'RASOAT_NONE' }, 'notify.secret.no-variable'],
  ])('%s: refused, and not said', async (_name, place, key) => {
    write('open', 'hunter2', 0o640);
    write('empty', '\n', 0o600);
    rmSync(join(folder, 'link'), { force: true });
    symlinkSync(join(folder, 'open'), join(folder, 'link'));
    const error: unknown = await read(place).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(JSON.stringify((error as UserError).problems)).toContain(key);
    expect(JSON.stringify((error as UserError).problems)).not.toContain('hunter2');
  });
});
