import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timestampQuery } from '../../src/evidence/outside/timestamp.ts';
import { loadVerifier } from '../../src/evidence/verifier.ts';
import { UserError } from '../../src/model/errors.ts';
import { scratch } from '../e2e/cli.ts';
import { startTimestampServer, type Mischief, type TimestampServer } from '../servers/timestamp-server.ts';
import { write } from './packs.ts';

const here = scratch();
let tsa: TimestampServer;
let verifier: Awaited<ReturnType<typeof loadVerifier>>;
const pem = (file: string) => readFileSync(file, 'utf8');
const inPack = (name: string) => join(here.file('pack'), name);

beforeAll(async () => {
  tsa = await startTimestampServer('127.76.2.2', 3180);
  verifier = await loadVerifier();
  await write(here.file('pack'), { timestamp: { server: tsa.url, ca: pem(tsa.ca) } });
});
afterAll(async () => {
  await tsa.stop();
  here.remove();
});

async function refusalOf(mischief: Mischief, timestamp = { server: tsa.url, ca: pem(tsa.ca) }): Promise<string> {
  tsa.behave(mischief);
  try {
    await write(here.file('never'), { timestamp });
    return 'written';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [problem] = error.problems;
    return `${problem?.message.key ?? ''} ${String(problem?.message.params?.['reason'] ?? '')}`.trim();
  } finally {
    tsa.behave('none');
    expect(readdirSync(here.path).filter((name) => name.includes('never'))).toEqual([]);
  }
}

describe('a query', () => {
  it('is what openssl reads and would write', () => {
    const data = Buffer.from('chứng cứ');
    const { query, nonce } = timestampQuery(data);
    writeFileSync(here.file('query'), query);
    writeFileSync(here.file('data'), data);
    const openssl = (...args: readonly string[]) =>
      execFileSync('openssl', ['ts', '-query', ...args], { cwd: here.path, stdio: ['ignore', 'pipe', 'ignore'] });
    const text = openssl('-in', 'query', '-text').toString();
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain(`Nonce: 0x${nonce.toString('hex').toUpperCase()}`);
    expect(text).toContain('Certificate required: yes');
    const theirs = openssl('-data', 'data', '-sha256', '-no_nonce', '-cert');
    // The same bytes but for the nonce and the length that it adds.
    const ours = Buffer.from(query);
    const start = ours.length - nonce.length - 5;
    const without = Buffer.concat([ours.subarray(0, start), ours.subarray(start + nonce.length + 2)]);
    without[1] = (without[1] ?? 0) - nonce.length - 2;
    expect(without).toEqual(theirs);
  });
});

describe('an answer', () => {
  it.each([
    ['ca', true],
    ['otherCa', false],
  ] as const)('is proved against %s as openssl proves it: %s', (ca, good) => {
    const timestamp = verifier.readTimestamp(
      readFileSync(inPack('manifest.tsr')),
      readFileSync(inPack('manifest.json')),
      verifier.certificatesIn(pem(tsa[ca])),
    );
    expect(timestamp.trusted).toBe(good);
    const args = ['-data', inPack('manifest.json'), '-in', inPack('manifest.tsr'), '-CAfile', tsa[ca]];
    expect(spawnSync('openssl', ['ts', '-verify', ...args]).status === 0).toBe(good);
    const told = execFileSync('openssl', ['ts', '-reply', '-in', inPack('manifest.tsr'), '-text']).toString();
    const at = /Time stamp: (.*)/.exec(told)?.[1] ?? '';
    expect(timestamp.at).toBe(new Date(at).toISOString());
  });

  it('says the same whichever byte of it is changed, or is refused', () => {
    const [reply, data] = [readFileSync(inPack('manifest.tsr')), readFileSync(inPack('manifest.json'))];
    const authorities = verifier.certificatesIn(pem(tsa.ca));
    const said = verifier.readTimestamp(reply, data, authorities);
    let passed = 0;
    let tried = 0;
    for (let at = 0; at < reply.length; at += 5) {
      const bad = Buffer.from(reply);
      bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
      tried += 1;
      try {
        const found = verifier.readTimestamp(bad, data, authorities);
        if (!found.trusted) continue;
        expect(found).toEqual(said);
        passed += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
    // Tags, version numbers and lists of algorithms, on which nothing depends.
    expect(passed).toBeLessThan(tried * 0.07);
  });

  it('to another query is refused: of other bytes, or of the same with another nonce', async () => {
    expect(await refusalOf('stale')).toBe('evidence.timestamp-refused nonce');
    const reply = readFileSync(inPack('manifest.tsr'));
    expect(() => verifier.readTimestamp(reply, Buffer.from('other'), [])).toThrow('hash');
  });

  it('of an authority that is not asked for is refused', async () => {
    expect(await refusalOf('none', { server: tsa.url, ca: pem(tsa.otherCa) })).toBe('evidence.timestamp-untrusted');
  });

  it.each([
    ['rejects', 'evidence.timestamp-refused refused'],
    ['not-200', 'evidence.timestamp-failed HTTP 503'],
    ['html', 'evidence.timestamp-failed Content-Type text/html'],
    ['endless', 'evidence.timestamp-failed > 262144 B'],
  ] as const)('that %s is refused, and nothing is left', async (mischief, key) => {
    expect(await refusalOf(mischief)).toBe(key);
  });

  it('of nobody is an error that says so', async () => {
    expect(await refusalOf('none', { server: 'http://127.76.2.2:9/', ca: '' })).toContain('evidence.timestamp-failed');
    expect(await refusalOf('none', { server: 'ftp://127.76.2.2/', ca: '' })).toBe('evidence.timestamp-address');
    expect(existsSync(here.file('never'))).toBe(false);
  });
});
