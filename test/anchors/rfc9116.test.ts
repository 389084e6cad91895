import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileChecks } from '../../src/judge/compile.ts';
import { judgeTarget } from '../../src/judge/judge.ts';
import { readChecks } from '../../src/judge/read.ts';
import type { SecurityTxtFile } from '../../src/model/facts/web-paths.ts';
import type { Observation } from '../../src/model/observation.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { readSecurityTxt } from '../../src/probe/http/paths/security-txt.ts';
import { body, chain, hop, web } from '../judge/view/given.ts';
import { cleanPaths } from '../judge/view/given-paths.ts';
import type { AnchorRule } from './rule.ts';

const at = '2026-09-01T00:00:00.000Z';
const place = 'https://portal.example/.well-known/security.txt';

/** A file as it came: its bytes, and what is told of it beside them. */
type Given = {
  readonly bytes: string | Buffer;
  readonly url?: string;
  readonly contentType?: string | null;
  readonly cut?: boolean;
};

const contact = 'Contact: mailto:anm@portal.example\n';
const expires = 'Expires: 2027-06-30T00:00:00Z\n';
const good = contact + expires;
const signed = (text: string) =>
  `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${text}-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n`;
const canonical = `Canonical: ${place}\n`;
const must = 'security-txt-valid';
const advised = 'security-txt-advice';

const rows: readonly AnchorRule<Given>[] = [
  // 2: the file
  {
    rule: 'fields, comments and empty lines',
    documented: '2.1, 2.2',
    check: must,
    given: { bytes: `# Xin chào\n\n${good}` },
    ours: 'pass',
    theirs: 'valid',
  },
  { rule: 'lines end with LF', documented: '2.2', check: must, given: { bytes: good }, ours: 'pass', theirs: 'valid' },
  {
    rule: 'lines end with CRLF',
    documented: '2.2',
    check: must,
    given: { bytes: good.replaceAll('\n', '\r\n') },
    ours: 'pass',
    theirs: 'valid',
  },
  {
    rule: 'lines end with a bare CR',
    documented: '2.2',
    check: must,
    given: { bytes: `${contact}# a\rb\n${expires}` },
    ours: 'fail',
    theirs: 'MUST end with CRLF or LF',
  },
  {
    rule: 'one field a line, a name, a colon, a space, a value',
    documented: '4',
    check: must,
    given: { bytes: `${good}Contact mailto:b@portal.example\n` },
    ours: 'fail',
    theirs: 'not in the grammar',
  },
  {
    rule: 'no space after the colon',
    documented: '4',
    check: must,
    given: { bytes: `Contact:mailto:anm@portal.example\n${expires}` },
    ours: 'fail',
    theirs: 'not in the grammar',
  },
  {
    rule: 'names without regard to case',
    documented: '2.4',
    check: must,
    given: { bytes: good.toLowerCase().replace('z\n', 'Z\n') },
    ours: 'pass',
    theirs: 'case-insensitive',
  },
  {
    rule: 'UTF-8',
    documented: '4',
    check: must,
    given: { bytes: Buffer.concat([Buffer.from(good), Buffer.from([0x23, 0xff, 0x0a])]) },
    ours: 'fail',
    theirs: 'MUST be UTF-8 (Net-Unicode)',
  },
  {
    rule: 'unknown fields are ignored',
    documented: '2.4',
    check: must,
    given: { bytes: `${good}Bug-Bounty: yes\n` },
    ours: 'pass',
    theirs: 'MUST be ignored',
  },
  {
    rule: 'no last line end',
    documented: '4',
    check: must,
    given: { bytes: good.trimEnd() },
    ours: 'pass',
    theirs: 'every line MUST end',
    because: 'every reader takes it, and nothing is lost by it',
  },
  // 2.3: signature
  {
    rule: 'digital signature',
    documented: '2.3',
    check: must,
    given: { bytes: signed(good + canonical) },
    ours: 'pass',
    theirs: 'RECOMMENDED',
  },
  {
    rule: 'no signature',
    documented: '2.3',
    check: advised,
    given: { bytes: good },
    ours: 'fail',
    theirs: 'RECOMMENDED',
  },
  {
    rule: 'a signed file names its place',
    documented: '2.3',
    check: advised,
    given: { bytes: signed(good + canonical) },
    ours: 'pass',
    theirs: 'Canonical RECOMMENDED',
  },
  {
    rule: 'a signed file without Canonical',
    documented: '2.3',
    check: advised,
    given: { bytes: signed(good) },
    ours: 'fail',
    theirs: 'Canonical RECOMMENDED',
  },
  {
    rule: 'the signature holds',
    documented: '2.3',
    check: null,
    given: { bytes: signed(good) },
    ours: null,
    theirs: 'to be verified',
    because: 'we hold no key of theirs that is known to be true; that a signature is there is noted',
  },
  // 2.5.1, 2.5.4, 2.5.6, 2.5.7: links
  {
    rule: 'Acknowledgments is a web URI with https',
    documented: '2.5.1',
    check: must,
    given: { bytes: `${good}Acknowledgments: http://portal.example/x\n` },
    ours: 'fail',
    theirs: 'MUST begin with https://',
  },
  {
    rule: 'Canonical lists the place of the file',
    documented: '2.5.2',
    check: must,
    given: { bytes: good + canonical },
    ours: 'pass',
    theirs: 'trusted',
  },
  {
    rule: 'several Canonical, one of them here',
    documented: '2.5.2',
    check: must,
    given: { bytes: `${good}Canonical: https://other.example/.well-known/security.txt\n${canonical}` },
    ours: 'pass',
    theirs: 'trusted',
  },
  {
    rule: 'Canonical lists other places only',
    documented: '2.5.2',
    check: must,
    given: { bytes: `${good}Canonical: https://other.example/.well-known/security.txt\n` },
    ours: 'fail',
    theirs: 'SHOULD NOT be trusted',
    because: 'a file not to be trusted serves nobody, so it counts as broken',
  },
  {
    rule: 'Encryption is no web URI without TLS',
    documented: '2.5.4',
    check: must,
    given: { bytes: `${good}Encryption: http://portal.example/key\n` },
    ours: 'fail',
    theirs: 'MUST begin with https://',
  },
  {
    rule: 'Encryption in DNS or by fingerprint',
    documented: '2.5.4',
    check: must,
    given: {
      bytes: `${good}Encryption: openpgp4fpr:5f2de5521c63a801ab59ccb603d49de44b29100f\nEncryption: dns:x._openpgpkey.example.com?type=OPENPGPKEY\n`,
    },
    ours: 'pass',
    theirs: 'valid',
  },
  {
    rule: 'Encryption holds a key, no URI',
    documented: '2.5.4',
    check: must,
    given: { bytes: `${good}Encryption: -----BEGIN PGP PUBLIC KEY BLOCK-----\n` },
    ours: 'fail',
    theirs: 'keys MUST NOT appear',
  },
  {
    rule: 'Hiring is a web URI with https',
    documented: '2.5.6',
    check: must,
    given: { bytes: `${good}Hiring: /jobs\n` },
    ours: 'fail',
    theirs: 'MUST begin with https://',
  },
  {
    rule: 'Policy is a web URI with https',
    documented: '2.5.7',
    check: must,
    given: { bytes: `${good}Policy: https://portal.example/policy\n` },
    ours: 'pass',
    theirs: 'valid',
  },
  {
    rule: 'CSAF is a web URI with https',
    documented: 'IANA registry',
    check: must,
    given: { bytes: `${good}CSAF: ftp://portal.example/provider-metadata.json\n` },
    ours: 'fail',
    theirs: 'MUST begin with https://',
  },
  // 2.5.3: contact
  {
    rule: 'Contact is there',
    documented: '2.5.3',
    check: must,
    given: { bytes: `${expires}Policy: https://portal.example/p\n` },
    ours: 'fail',
    theirs: 'MUST always be present',
  },
  {
    rule: 'several contacts, the preferred first',
    documented: '2.5.3',
    check: must,
    given: { bytes: `${good}Contact: tel:+84-24-3333-4444\nContact: https://portal.example/report\n` },
    ours: 'pass',
    theirs: 'valid, in order of preference',
  },
  {
    rule: 'a mail address without mailto:',
    documented: '2.5.3',
    check: must,
    given: { bytes: `Contact: anm@portal.example\n${expires}` },
    ours: 'fail',
    theirs: 'MUST be a URI',
  },
  {
    rule: 'a telephone number without tel:',
    documented: '2.5.3',
    check: must,
    given: { bytes: `Contact: +84 24 3333 4444\n${expires}` },
    ours: 'fail',
    theirs: 'MUST be a URI',
  },
  {
    rule: 'a web page without TLS',
    documented: '2.5.3',
    check: must,
    given: { bytes: `Contact: http://portal.example/report\n${expires}` },
    ours: 'fail',
    theirs: 'MUST begin with https://',
  },
  // 2.5.5: expiry
  {
    rule: 'Expires is there',
    documented: '2.5.5',
    check: must,
    given: { bytes: contact },
    ours: 'fail',
    theirs: 'MUST always be present',
  },
  {
    rule: 'Expires once',
    documented: '2.5.5',
    check: must,
    given: { bytes: good + expires },
    ours: 'fail',
    theirs: 'MUST NOT appear more than once',
  },
  {
    rule: 'Expires is a date and time of RFC 3339',
    documented: '2.5.5',
    check: must,
    given: { bytes: `${contact}Expires: 30/6/2027\n` },
    ours: 'fail',
    theirs: 'MUST be formatted so',
  },
  {
    rule: 'Expires as mail writes dates',
    documented: '2.5.5',
    check: must,
    given: { bytes: `${contact}Expires: Wed, 30 Jun 2027 00:00:00 GMT\n` },
    ours: 'fail',
    theirs: 'MUST be formatted as RFC 3339',
  },
  {
    rule: 'Expires in a zone',
    documented: '2.5.5',
    check: must,
    given: { bytes: `${contact}Expires: 2027-06-30T07:00:00+07:00\n` },
    ours: 'pass',
    theirs: 'valid',
  },
  {
    rule: 'Expires in the future',
    documented: '2.5.5',
    check: 'security-txt-expiry',
    given: { bytes: good },
    ours: 'pass',
    theirs: 'not stale',
  },
  {
    rule: 'Expires in the past',
    documented: '2.5.5',
    check: 'security-txt-expiry',
    given: { bytes: `${contact}Expires: 2026-08-31T23:59:59Z\n` },
    ours: 'fail',
    theirs: 'stale, SHOULD NOT be used',
  },
  {
    rule: 'Expires within a year',
    documented: '2.5.5',
    check: advised,
    given: { bytes: signed(good + canonical) },
    ours: 'pass',
    theirs: 'RECOMMENDED',
  },
  {
    rule: 'Expires after more than a year',
    documented: '2.5.5',
    check: advised,
    given: { bytes: signed(`${contact}Expires: 2030-01-01T00:00:00Z\n${canonical}`) },
    ours: 'fail',
    theirs: 'RECOMMENDED to be less than a year',
  },
  // 2.5.8: languages
  {
    rule: 'languages in one list',
    documented: '2.5.8',
    check: must,
    given: { bytes: `${good}Preferred-Languages: vi, en-GB\n` },
    ours: 'pass',
    theirs: 'valid',
  },
  {
    rule: 'languages in two fields',
    documented: '2.5.8',
    check: must,
    given: { bytes: `${good}Preferred-Languages: vi\nPreferred-Languages: en\n` },
    ours: 'fail',
    theirs: 'MUST NOT appear more than once',
  },
  {
    rule: 'languages are tags',
    documented: '2.5.8',
    check: must,
    given: { bytes: `${good}Preferred-Languages: Tiếng Việt\n` },
    ours: 'fail',
    theirs: 'tags of RFC 5646',
  },
  // 3: place
  {
    rule: 'under /.well-known/',
    documented: '3',
    check: must,
    given: { bytes: good },
    ours: 'pass',
    theirs: 'MUST be there',
  },
  {
    rule: 'at the top level only',
    documented: '3',
    check: must,
    given: { bytes: good, url: 'https://portal.example/security.txt' },
    ours: 'fail',
    theirs: 'MAY redirect or be a copy, for compatibility',
    because: 'without the file under /.well-known/ the MUST is not kept',
  },
  {
    rule: 'over https',
    documented: '3',
    check: must,
    given: { bytes: good, url: 'http://portal.example/.well-known/security.txt' },
    ours: 'fail',
    theirs: 'MUST be accessed by https',
  },
  {
    rule: 'text/plain, charset utf-8',
    documented: '3',
    check: must,
    given: { bytes: good, contentType: 'text/plain; charset="UTF-8"' },
    ours: 'pass',
    theirs: 'valid',
  },
  {
    rule: 'text/plain, the charset left out',
    documented: '3',
    check: must,
    given: { bytes: good, contentType: 'text/plain' },
    ours: 'pass',
    theirs: 'default charset utf-8',
    because: 'read as: the default, which need not be written; some validators want it written',
  },
  {
    rule: 'another charset',
    documented: '3',
    check: must,
    given: { bytes: good, contentType: 'text/plain; charset=iso-8859-1' },
    ours: 'fail',
    theirs: 'MUST be utf-8',
  },
  {
    rule: 'another type',
    documented: '3',
    check: must,
    given: { bytes: good, contentType: 'application/octet-stream' },
    ours: 'fail',
    theirs: 'MUST be text/plain',
  },
  {
    rule: 'no type',
    documented: '3',
    check: must,
    given: { bytes: good, contentType: null },
    ours: 'fail',
    theirs: 'MUST be text/plain',
  },
  // 5: safety of the reader
  {
    rule: 'a file too long',
    documented: '5.4',
    check: must,
    given: { bytes: good, cut: true },
    ours: 'not-observed',
    theirs: 'processing SHOULD be limited',
  },
  {
    rule: 'no file',
    documented: '3',
    check: 'security-txt-present',
    given: { bytes: '<!doctype html><p>Contact: here' },
    ours: 'fail',
    theirs: 'RECOMMENDED for organisations',
    because: 'information only: no rule is broken',
  },
  {
    rule: 'a file',
    documented: '3',
    check: 'security-txt-present',
    given: { bytes: good },
    ours: 'pass',
    theirs: 'RECOMMENDED for organisations',
  },
];

const checks = compileChecks(await readChecks([fileURLToPath(new URL('checks/web', packageRoot))]));

function outcomesOf(given: Given): Readonly<Record<string, string>> {
  const bytes = Buffer.from(given.bytes);
  const lines = readSecurityTxt(bytes);
  const { url = place, contentType = 'text/plain; charset=utf-8', cut = false } = given;
  const file: SecurityTxtFile | null = lines === null ? null : { url, contentType, bytes: bytes.length, cut, ...lines };
  const origin = 'https://portal.example/';
  const facts = {
    secure: chain([hop(origin, 200, { 'Content-Type': 'text/html' })], { body: body() }),
    plain: null,
    paths: cleanPaths(origin, { securityTxt: { asked: [{ url, status: 200 }], ...(file === null ? {} : { file }) } }),
  };
  const target = web();
  const observation = {
    kind: 'http',
    target: target.key,
    zone: 'internet',
    at,
    ms: 1,
    probe: 'http/2',
    ok: true,
    facts,
  };
  const findings = judgeTarget(checks, {
    target,
    observations: [observation as unknown as Observation],
    kinds: ['http'],
    reference: {},
  });
  return Object.fromEntries(findings.map(({ check, outcome }) => [check, outcome]));
}

describe('RFC 9116, rule by rule', () => {
  it.each(rows.map((row) => [`${row.documented}: ${row.rule}`, row] as const))(
    '%s',
    (_name, { check, given, ours }) => {
      if (check === null) expect(ours).toBeNull();
      else expect(outcomesOf(given)[check]).toBe(ours);
    },
  );

  it('says why wherever we differ or do not ask', () => {
    for (const row of rows) if (row.check === null) expect(row.because).toBeDefined();
    expect(rows.length).toBeGreaterThan(45);
  });
});
