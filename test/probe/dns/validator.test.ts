import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAnchors } from '../../../src/probe/dns/dnssec/anchors.ts';
import { createDnsProbe } from '../../../src/probe/dns/probe.ts';
import { createValidator } from '../../../src/probe/dns/dnssec/validate.ts';
import { createDnsResolver } from '../../../src/probe/dns/resolver.ts';
import type { RecordType } from '../../../src/probe/dns/message.ts';
import { createWire } from '../../../src/probe/wire/dial.ts';
import type { Target } from '../../../src/model/target.ts';
import { startDnsLab, type DnsLab } from '../../servers/dns-lab.ts';

const run = promisify(execFile);
let lab: DnsLab;
beforeAll(async () => {
  lab = await startDnsLab('127.53.2');
});
afterAll(() => lab.stop());

/** What we say of a question, by our own validation. */
async function ours(name: string, type: RecordType, anchors = readFileSync(lab.anchors, 'utf8')): Promise<string> {
  const resolver = createDnsResolver([lab.resolver]);
  const signal = AbortSignal.timeout(20_000);
  const validator = createValidator({
    ask: (asked, kind) => resolver.ask(asked, kind, signal),
    anchors: parseAnchors(anchors) ?? [],
    now: Math.floor(Date.now() / 1000),
  });
  const seen = await validator.validate(await resolver.ask(name, type, signal), name, type);
  return seen.state === 'bogus' ? `bogus ${seen.why}` : seen.state;
}

/** What BIND's own validating tool says, by the same resolver and anchors. */
async function delv(name: string, type: string): Promise<string> {
  const args = [`@${lab.resolver.address}`, '-p', String(lab.port), '-a', lab.bindAnchors, '+root=.', name, type];
  const { stdout, stderr } = await run('delv', args).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
  const words = stdout + stderr;
  if (words.includes('fully validated')) return 'secure';
  if (words.includes('unsigned answer')) return 'insecure';
  return /resolution failed: (broken trust chain|no valid \w+|RRSIG|SERVFAIL)/i.test(words) ? 'bogus' : words;
}

const sound = ['tot', 'rsa256', 'rsa512', 'p384', 'ed25519', 'ed448', 'daidien', 'daidien3', 'yeu', 'treo'];
const broken = ['hethan', 'chuatoi', 'saids'];
const unsigned = ['khongky', 'vong', 'lech', 'mo', 'que'];
const questions: readonly (readonly [string, RecordType])[] = [...sound, ...broken, ...unsigned].flatMap((zone) => {
  const name = `${zone}.gov.vn`;
  return [
    [name, 'SOA'],
    [name, 'TXT'],
    [name, 'DS'],
    [`ns1.${name}`, 'A'],
    [`khong-co.${name}`, 'A'],
    ...(sound.includes(zone)
      ? ([
          [`x.y.khong-co.${name}`, 'TXT'],
          [`b.c.${name}`, 'A'],
          [`alias.${name}`, 'A'],
        ] as const)
      : []),
  ] as const;
});

describe('validation against delv over the same zones', () => {
  it.each([
    ...questions,
    ['xa.vn', 'A'],
    ['khong.co.gov.vn', 'A'],
    ['com', 'SOA'],
    ['.', 'DNSKEY'],
    ['gov.vn', 'NS'],
    ['www.treo.gov.vn', 'A'],
  ] as const)('%s %s', async (name, type) => {
    expect((await ours(name, type)).split(' ')[0]).toBe(await delv(name, type));
  });
});

it('where NSEC3 opts out, what does not exist may be an unsigned delegation: RFC 5155, 9.2 forbids to call it secure', async () => {
  expect(await ours('khong-co.vn', 'A')).toBe('insecure');
  // BIND's tool does so all the same.
  expect(await delv('khong-co.vn', 'A')).toBe('secure');
});

describe('a broken chain', () => {
  it.each([
    ['hethan.gov.vn', 'bogus expired'],
    ['chuatoi.gov.vn', 'bogus not-yet-valid'],
    ['saids.gov.vn', 'bogus ds-mismatch'],
  ])('%s says why', async (name, expected) => {
    expect(await ours(name, 'SOA')).toBe(expected);
  });

  it('says that anchors do not fit the root, rather than anything of the zone', async () => {
    const foreign = readFileSync('src/feeds/root-anchors.ds', 'utf8');
    expect(await ours('tot.gov.vn', 'SOA', foreign)).toBe('bogus ds-mismatch');
  });
});

describe('the clock of the run, for the machine of a worker may be days off', () => {
  it.each([
    ['today', Date.now(), 'secure'],
    ['in a year', Date.now() + 366 * 86_400_000, 'bogus'],
    ['a year ago', Date.now() - 366 * 86_400_000, 'bogus'],
  ])('decides whether signatures are valid: %s', async (_when, at, state) => {
    const probe = createDnsProbe({
      resolver: createDnsResolver([lab.resolver]),
      anchors: parseAnchors(readFileSync(lab.anchors, 'utf8')) ?? [],
      port: lab.port,
    });
    const wire = createWire({
      zone: 'internet',
      userAgent: 'test',
      // Name servers are not asked: this is about what the resolver answers.
      permit: () => ({ allowed: false, reason: 'test' }),
      now: () => new Date(at).toISOString(),
    });
    const target = { key: 'tot.gov.vn', system: 's', name: 'tot.gov.vn' } as unknown as Target;
    const { dnssec } = await probe.observe({ target, wire, signal: AbortSignal.timeout(20_000) });
    expect(dnssec?.state).toBe(state);
  });
});
