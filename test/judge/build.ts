import type { Check, RuleSchema } from '../../src/model/check.ts';
import type { TlsFacts } from '../../src/model/facts/tls.ts';
import { failure, type FailureCode } from '../../src/model/failure.ts';
import type { Facts, Kind, Observation } from '../../src/model/observation.ts';
import type { Target } from '../../src/model/target.ts';

export const at = '2026-11-22T08:00:00.000Z';

export const target: Target = {
  key: 'https://dichvu.tinh.example/ [127.0.0.1]',
  kind: 'web',
  system: 'mot-cua',
  endpoint: { kind: 'web', url: 'https://dichvu.tinh.example/' },
  name: 'dichvu.tinh.example',
  address: '127.0.0.1',
};

export const because = { vi: 'Vì sao', en: 'Why' };

/** A check with a rule over the facts of TLS, and what else a test wants of it. */
export function check(tls: RuleSchema, more: Partial<Check> = {}): Check {
  return {
    id: 'sample',
    title: { vi: 'Tiêu đề', en: 'Title' },
    why: { vi: 'Lý do', en: 'Reason' },
    severity: 'high',
    about: ['web'],
    reads: ['tls'],
    rule: ofTls(tls),
    fix: { any: { vi: 'Sửa', en: 'Mend' } },
    change: 'sample',
    sources: ['RFC 9325'],
    since: '0.1.0',
    examples: [],
    ...more,
  };
}

/** A rule that is about the facts of TLS. */
export const ofTls = (tls: RuleSchema): RuleSchema => ({ type: 'object', required: ['tls'], properties: { tls } });

/** A rule about an object that requires the facts it names. */
export const object = (properties: Readonly<Record<string, unknown>>, more: RuleSchema = {}): RuleSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  ...more,
});

export const suites = {
  gcm: { code: '0xC02F', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
  cbc: { code: '0xC013', name: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA' },
  rc4: { code: '0x0005', name: 'TLS_RSA_WITH_RC4_128_SHA' },
  unknown: { code: '0xABCD', name: 'UNKNOWN_0xABCD' },
} as const;

const refused = { offered: false };
/** A server of TLS 1.2 alone, looked at to the end. */
export const tlsFacts: TlsFacts = {
  port: 443,
  sni: 'dichvu.tinh.example',
  protocols: {
    SSLv2: refused,
    SSLv3: refused,
    'TLSv1.0': refused,
    'TLSv1.1': refused,
    'TLSv1.2': { offered: true, suites: [suites.gcm], complete: true },
    'TLSv1.3': refused,
  },
};

export function seen<K extends Kind>(kind: K, facts: Facts[K], clock = at): Observation {
  return {
    kind,
    target: target.key,
    zone: 'internet',
    at: clock,
    ms: 1,
    probe: `${kind}/1`,
    ok: true,
    facts,
  } as Observation;
}

export function unseen(kind: Kind, code: FailureCode, clock = at): Observation {
  const why = failure(code, `${code} happened`);
  return { kind, target: target.key, zone: 'internet', at: clock, ms: 1, probe: `${kind}/1`, ok: false, failure: why };
}
