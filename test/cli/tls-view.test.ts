import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutput } from '../../src/cli/output.ts';
import { clip, createPage, wrap } from '../../src/cli/tls/page.ts';
import { publishedTls } from '../../src/cli/tls/published.ts';
import { printTlsHost } from '../../src/cli/tls/view.ts';
import { safeJson } from '../../src/cli/safe-text.ts';
import { visibleWidth } from '../../src/cli/width.ts';
import type { CertificateFacts, TlsFacts } from '../../src/model/facts/tls.ts';
import { languages, type Lang } from '../../src/model/text.ts';
import type { TlsHostResult } from '../../src/pipeline/tls-host.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';

const catalogue = loadCatalogue();
const at = '2026-11-22T10:00:00.000Z';
const hostile = '\u001b[2J\u202eevil\u0007\r\n'.repeat(20);

const certificate = (over: Partial<CertificateFacts> = {}): CertificateFacts => ({
  sha256: 'a'.repeat(64),
  subject: 'CN=a.example',
  issuer: 'CN=Issuer',
  serial: '01',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  names: ['a.example'],
  keyType: 'rsa',
  keyBits: 2048,
  signature: 'sha256WithRSAEncryption',
  isCa: false,
  selfIssued: false,
  ...over,
});

const whole: TlsFacts = {
  port: 443,
  sni: 'a.example',
  protocols: {
    SSLv2: { offered: true, suites: [{ code: '0x020080', name: 'SSL_CK_RC4_128_EXPORT40_WITH_MD5' }], complete: true },
    'TLSv1.0': { offered: false },
    'TLSv1.2': {
      offered: true,
      suites: [
        { code: '0xC02F', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
        { code: '0x0063', name: 'TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA' },
        { code: '0xFEED', name: 'UNKNOWN_0xFEED' },
      ],
      order: 'server',
    },
  },
  chains: [[certificate(), certificate({ subject: 'CN=Nobody', issuer: 'CN=Root', isCa: true })]],
  groups: { 'TLSv1.3': { supported: [{ code: '0x11EC', name: 'X25519MLKEM768' }] } },
  dh: [{ protocol: 'TLSv1.2', bits: 1024, knownAs: 'Apache 1024', primeSha256: 'b'.repeat(64), export: false }],
  features: {
    secureRenegotiation: false,
    alpn: ['h2'],
    ticketLifetime: 7200,
    earlyData: 16384,
    intolerance: ['grease'],
  },
  verified: { trusted: false, trustError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', nameMatches: false, protocol: 'TLSv1.2' },
  staples: [],
  clientCertificate: { requested: true, authorities: ['CN=CA'] },
  jarm: '2'.repeat(62),
};

function result(facts: TlsFacts): TlsHostResult {
  return {
    place: { name: 'a.example', port: 443 },
    address: '2001:db8::7',
    at,
    ms: 1234,
    cost: { connections: 41, bytesSent: 1000, bytesReceived: 95_000, peakPerSecond: 10 },
    ok: true,
    facts,
    findings: [],
  };
}

function draw(
  results: readonly TlsHostResult[],
  options: { width: number; lang: Lang; explain?: boolean; color?: boolean },
) {
  let text = '';
  const out = { write: (piece: string) => (text += piece), isTTY: options.color === true, columns: options.width };
  const output = createOutput(
    catalogue,
    options.lang,
    out,
    { write: () => undefined },
    options.color === true ? {} : { NO_COLOR: '1' },
  );
  printTlsHost(createPage(output, options.explain === true), { results, checks: [] });
  return text;
}

describe('one host at a terminal', () => {
  for (const lang of languages) {
    it.each([60, 80, 120])(`fits %i columns in ${lang}, with and without explanations`, (width) => {
      for (const explain of [false, true]) {
        const lines = draw([result(whole)], { width, lang, explain }).split('\n');
        expect(lines.length).toBeGreaterThan(40);
        const long = lines.filter((line) => visibleWidth(line) > width);
        expect(long).toEqual([]);
      }
    });
  }

  it('says by shape, not by colour alone, what is good, bad, refused and not observed', () => {
    const text = draw([result(whole)], { width: 80, lang: 'en' });
    expect(text).toMatch(/● TLS 1\.2 {2}accepted {6}at least 3 suites · the server chooses/);
    expect(text).toMatch(/▲ SSL 2\.0 {2}accepted/);
    expect(text).toMatch(/– TLS 1\.0 {2}refused/);
    expect(text).toMatch(/◌ TLS 1\.3 {2}not observed/);
    expect(text).toMatch(/● C02F {2}TLS_ECDHE_RSA/);
    expect(text).toMatch(/▲ 0063 {2}TLS_DHE_DSS_EXPORT1024.*EXPORT, short key$/m);
    expect(text).toMatch(/◌ FEED/);
    expect(text).toContain('▲ not the issuer');
    expect(text).toMatch(/▲ Critical {2}DROWN/);
    expect(text).toContain('DH 1024 (Apache 1024)');
    expect(text).toContain('41 connections, 96 kB, 1.2 s, at most 10 new a second');
    expect(text).not.toMatch(/\u001b/);
  });

  it('colours a terminal', () => {
    expect(draw([result(whole)], { width: 80, lang: 'vi', color: true })).toContain('\u001b[31m▲\u001b[39m');
  });

  it('draws what is there when a prober learned little', () => {
    const text = draw([result({ port: 443, protocols: { 'TLSv1.3': { offered: true } } })], { width: 80, lang: 'en' });
    expect(text).toContain('at least 0 suites');
    expect(text).not.toContain('Certificates');
    expect(text).toMatch(/◌ Not observed: Heartbleed, DROWN/);
  });

  it('lets nothing that a server says reach the terminal, nor the JSON, as a command', () => {
    const evil: TlsFacts = {
      ...whole,
      chains: [
        [certificate({ subject: hostile, issuer: hostile, names: [hostile], signature: hostile, keyType: hostile })],
      ],
      features: { alpn: [hostile], intolerance: [hostile], compression: [hostile] },
      trust: [{ leaf: 'a'.repeat(64), store: hostile, trusted: false, error: hostile, anchor: null }],
      clientCertificate: { requested: true, authorities: [hostile] },
      groups: { 'TLSv1.2': { supported: [{ code: '0xFFFF', name: hostile.slice(0, 64) }] } },
      jarm: hostile.slice(0, 62),
    };
    const text = draw([result(evil)], { width: 80, lang: 'en', explain: true }) + safeJson(publishedTls(result(evil)));
    expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(text)?.[0]).toBeUndefined();
    expect(text).toContain('\\u{1b}');
  });

  it('keeps every letter when it wraps, and every line to its width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 60 })),
        fc.integer({ min: 4, max: 40 }),
        (words, width) => {
          const text = words.join(' ');
          const lines = wrap(text, width);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
          expect(lines.every((line) => visibleWidth(line) <= width)).toBe(true);
          expect(visibleWidth(clip(text, width))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('rasoat tls --json', () => {
  it('has the published keys, at the top what the host was made to bear', () => {
    const published = publishedTls(result(whole));
    expect(published).toMatchObject({
      host: 'a.example',
      address: '2001:db8::7',
      port: 443,
      connections: 41,
      bytes: 96_000,
      ms: 1234,
      protocols: [
        { name: 'SSLv2', suites: [{ code: '0x020080' }], complete: true },
        {
          name: 'TLSv1.2',
          suites: [{ code: '0xC02F', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' }, {}, {}],
          complete: false,
        },
      ],
      refused: ['TLSv1.0'],
      complete: false,
      order: 'server',
      groups: [{ name: 'X25519MLKEM768', code: '0x11EC', protocol: 'TLSv1.3' }],
    });
    expect(published['notSeen']).toEqual(
      expect.arrayContaining(['/protocols/SSLv3', '/protocols/TLSv1.2/complete', '/faults', '/signatureAlgorithms']),
    );
    expect(published['certificates']).toMatchObject([
      { chain: 0, position: 0, subject: 'CN=a.example', key: { type: 'rsa', bits: 2048 } },
      { chain: 0, position: 1, subject: 'CN=Nobody' },
    ]);
    expect(
      (published['weaknesses'] as { id: string; present: boolean | null }[]).find(({ id }) => id === 'drown')?.present,
    ).toBe(true);
  });
});
