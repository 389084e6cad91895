import type { Check } from '../../src/model/check.ts';
import type { Outcome } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Framework, Obligation } from '../../src/model/framework.ts';
import type { System, Waiver } from '../../src/model/inventory.ts';

/** Small makers of what the tests assess; each takes only what the test is about. */

export const noon = '2026-11-22T05:00:00.000Z';
export const today = '2026-11-22';
const person = { name: 'Nguyễn Văn A', position: 'Trưởng phòng' };

export function system(over: Partial<System> = {}): System {
  return {
    id: 'portal',
    name: 'Cổng thông tin điện tử',
    owner: 'so-khcn',
    operator: 'so-khcn',
    endpoints: [{ kind: 'web', url: 'https://portal.example/' }],
    ...over,
  };
}

export function finding(check: string, outcome: Outcome, over: Partial<Finding> = {}): Finding {
  return {
    system: 'portal',
    target: 'https://portal.example/ [192.0.2.7]',
    check,
    severity: 'high',
    outcome,
    evidence: [],
    at: noon,
    ...(outcome === 'not-observed'
      ? { cause: { kind: 'http', failure: { code: 'timeout', detail: '', retryable: true } } }
      : {}),
    ...over,
  };
}

export function waiver(check: string, until: string, over: Partial<Waiver> = {}): Waiver {
  return { check, until, reason: 'chờ thay thiết bị', requestedBy: person, approvedBy: person, ...over };
}

export function obligation(over: Partial<Obligation> = {}): Obligation {
  return {
    id: 'law/one',
    title: { vi: 'Yêu cầu', en: 'Requirement' },
    asks: { vi: 'Làm', en: 'Do it' },
    cite: { instrument: 'Luật', clause: 'Đ1', certainty: 'text' },
    checks: ['a', 'b'],
    proof: 'scan',
    ...over,
  };
}

export function framework(obligations: readonly Obligation[], over: Partial<Framework> = {}): Framework {
  return {
    id: 'law',
    kind: 'level-clauses',
    title: { vi: 'Luật', en: 'Law' },
    instrument: {
      number: '1',
      issuer: { vi: 'Quốc hội', en: 'National Assembly' },
      source: 'bản gốc',
      certainty: 'text',
      readOn: today,
    },
    inForce: { from: '2026-01-01' },
    obligations,
    ...over,
  };
}

export const checks: readonly Pick<Check, 'id' | 'about'>[] = [
  { id: 'a', about: ['web'] },
  { id: 'b', about: ['web'] },
  { id: 'h', about: ['host'] },
];
