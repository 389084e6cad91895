import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { encryptionTo } from '../../src/evidence/outside/encrypt.ts';
import { withPack } from '../../src/evidence/pack-source.ts';
import { loadVerifier, type Verified } from '../../src/evidence/verifier.ts';
import { UserError } from '../../src/model/errors.ts';
import { scratch } from '../e2e/cli.ts';
import { write } from './packs.ts';

const here = scratch();
afterAll(() => {
  here.remove();
});
const run = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { cwd: here.path, stdio: ['ignore', 'pipe', 'ignore'] }).toString();

function certificate(name: string, ...key: readonly string[]): string {
  run(
    'openssl',
    'req',
    '-x509',
    ...key,
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
  );
  return here.file(`${name}.pem`);
}
const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

async function verify(pack: string): Promise<Verified> {
  const { verifyPack } = await loadVerifier();
  return withPack(pack, (source) => verifyPack(source));
}

async function refusalOf(work: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work);
    return 'none';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems[0]?.message.key ?? '';
  }
}

describe('a pack encrypted', () => {
  it('to age keys is opened by age, with either key', async () => {
    for (const name of ['one', 'two']) run('age-keygen', '-o', `${name}.txt`);
    const recipients = ['one', 'two'].map((name) => run('age-keygen', '-y', `${name}.txt`).trim());
    const { pack } = await write(here.file('a.zip'), { encryption: encryptionTo(recipients) });
    expect(pack).toBe(here.file('a.zip.age'));
    expect(statSync(pack).mode & 0o777).toBe(0o600);
    expect(readFileSync(pack).includes('he-thong')).toBe(false);
    for (const name of ['one', 'two']) {
      run('age', '-d', '-i', `${name}.txt`, '-o', `${name}.zip`, 'a.zip.age');
      expect(await verify(here.file(`${name}.zip`))).toMatchObject({ whole: true, records: 46 });
    }
    expect(await refusalOf(verify(pack))).toBe('evidence.encrypted-age');
  });

  it('to certificates is opened by OpenSSL, with either key, RSA or EC', async () => {
    const files = [certificate('rsa', '-newkey', 'rsa:2048'), certificate('ec', ...ec)];
    const { pack } = await write(here.file('goi'), { encryption: encryptionTo(files) });
    expect(pack).toBe(here.file('goi.zip.cms'));
    for (const name of ['rsa', 'ec']) {
      run(
        'openssl',
        'cms',
        '-decrypt',
        '-inform',
        'DER',
        '-binary',
        '-inkey',
        `${name}.key`,
        '-recip',
        `${name}.pem`,
        '-in',
        pack,
        '-out',
        `${name}.zip`,
      );
      expect(await verify(here.file(`${name}.zip`))).toMatchObject({ whole: true, records: 46 });
    }
    expect(run('openssl', 'asn1parse', '-inform', 'DER', '-in', pack)).toContain('aes-256-gcm');
    expect(await refusalOf(verify(pack))).toBe('evidence.encrypted-cms');
  });

  it('is refused before any work for recipients that are none', async () => {
    expect(await refusalOf(() => encryptionTo(['age1qqqq', certificate('mixed', ...ec)]))).toBe(
      'evidence.recipients-mixed',
    );
    writeFileSync(here.file('no.pem'), 'no certificate');
    expect(await refusalOf(() => encryptionTo([here.file('no.pem')]))).toBe('evidence.recipient');
    expect(await refusalOf(() => encryptionTo([here.file('nowhere.pem')]))).toBe('evidence.recipient');
    const bad = write(here.file('bad.zip'), { encryption: encryptionTo(['age1qqqq']) });
    expect(await refusalOf(bad)).toBe('evidence.tool-failed');
  });

  it('needs its tool, and says what to install', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = here.path;
    try {
      const none = write(here.file('none.zip'), { encryption: encryptionTo(['age1qqqq']) });
      expect(await refusalOf(none)).toBe('evidence.tool-missing');
    } finally {
      process.env['PATH'] = path;
    }
    expect(readdirSync(here.path).filter((name) => /none|bad/.test(name))).toEqual([]);
  });
});

describe('a pack that fails half-way', () => {
  it.each([undefined, ['rsa.pem']])('leaves nothing, encrypted or not', async (recipients) => {
    const broken = async function* () {
      yield { kind: 'run', body: { id: 'x' }, own: true } as const;
      await Promise.resolve();
      throw new Error('the store broke');
    };
    const { writePack } = await import('../../src/evidence/write-pack.ts');
    const { about, secret } = await import('./packs.ts');
    const { createScrubber } = await import('../../src/evidence/scrub.ts');
    const encryption = recipients === undefined ? {} : { encryption: encryptionTo(recipients.map(here.file)) };
    for (const to of ['half.zip', 'half']) {
      const options = { to: here.file(to), about, secret, scrubber: createScrubber((sent) => sent), ...encryption };
      await expect(writePack(broken(), options)).rejects.toThrow('the store broke');
    }
    expect(readdirSync(here.path).filter((name) => name.includes('half'))).toEqual([]);
  });
});
