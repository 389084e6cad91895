import { describe, expect, it } from 'vitest';
import { layerStatuses } from '../../../src/assess/layers/status.ts';
import { claimFields } from '../../../src/model/framework.ts';
import type { System } from '../../../src/model/inventory.ts';
import { layers, type LayerNumber } from '../../../src/model/layer-rules.ts';
import { finding, noon, waiver } from '../build.ts';
import { checks, claiming, detection, frameworks, layerOf, whole } from './build.ts';

type Held = NonNullable<System['layers']>;

const word = (held: Held, layer: LayerNumber, level: 1 | 2 | 3 | 4 | 5 = 4, over = {}) => {
  const { verdict, because } = layerOf(claiming(held, level), layer, over);
  return [verdict, because[0]];
};
const missing = (held: Held, layer: LayerNumber, level: 1 | 2 | 3 | 4 | 5 = 4) =>
  layerOf(claiming(held, level), layer).missing.map(({ field }) => field);
const without = <T extends object, K extends keyof T>(held: T, ...keys: readonly K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(held).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
/** A database open to the Internet: against layer 2. */
const database = (at = noon) => finding('database-ports', 'fail', { at });

describe('đã chứng minh', () => {
  it('a document in date, nothing missing, nothing against it, and somebody else who looked', () => {
    for (const layer of layers) expect(word(whole, layer)).toEqual(['da-chung-minh', 'verified']);
  });

  it('needs more than the owner: the same claims without a check of them are claims', () => {
    for (const [layer, name] of [
      [1, 'onSite'],
      [2, 'monitoring'],
      [3, 'assessment'],
      [4, 'connection'],
    ] as const) {
      const held = { ...whole, [name]: without(whole[name], 'verified') };
      expect(word(held, layer)).toEqual(['khai-bao-chua-kiem-chung', 'nobody-verified']);
    }
  });

  it('a check older than the paper, or of tomorrow, checked something else', () => {
    const verified = (on: string) => ({ ...whole.monitoring.verified, on });
    for (const on of ['2026-01-14', '2026-11-23']) {
      expect(word({ monitoring: { ...whole.monitoring, verified: verified(on) } }, 2)[0]).toBe(
        'khai-bao-chua-kiem-chung',
      );
    }
    expect(word({ monitoring: { ...whole.monitoring, verified: verified('2026-01-15') } }, 2)[0]).toBe('da-chung-minh');
  });

  it('of layers 2 and 4 monitoring that noticed the scan proves it too, in time and after the claim', () => {
    const monitoring = without(whole.monitoring, 'verified');
    const connection = without(whole.connection, 'verified');
    const noticed = { detection: detection('noticed') };
    expect(word({ monitoring }, 2, 4, noticed)).toEqual(['da-chung-minh', 'noticed']);
    expect(word({ connection }, 4, 4, noticed)).toEqual(['da-chung-minh', 'noticed']);
    const late = { detection: detection('noticed', { delaySeconds: 24 * 3600 + 1 }) };
    expect(word({ monitoring }, 2, 4, late)[0]).toBe('khai-bao-chua-kiem-chung');
    const old = { detection: detection('noticed', { seenAt: '2025-11-21T02:00:00.000Z' }) };
    expect(word({ monitoring }, 2, 4, old)[0]).toBe('khai-bao-chua-kiem-chung');
    const before = { ...monitoring, document: { number: '3/HĐ', date: '2026-11-21' } };
    expect(word({ monitoring: before }, 2, 4, noticed)[0]).toBe('khai-bao-chua-kiem-chung');
  });

  it('is no word for layers 1 and 3 by a detection check', () => {
    const held = { onSite: without(whole.onSite, 'verified'), assessment: without(whole.assessment, 'verified') };
    for (const layer of [1, 3] as const) {
      expect(word(held, layer, 4, { detection: detection('noticed') })[0]).toBe('khai-bao-chua-kiem-chung');
    }
  });

  it('is withheld where the centre did not see every marker, where a waiver stands, where a fail is older', () => {
    expect(word(whole, 4, 4, { detection: detection('not-noticed') })).toEqual([
      'khai-bao-chua-kiem-chung',
      'not-noticed',
    ]);
    expect(word(whole, 4, 4, { detection: detection('partly') })[1]).toBe('not-noticed');
    expect(word(whole, 4, 4, { detection: detection('no-return') })[0]).toBe('da-chung-minh');
    const waived = claiming(whole, 4, { waivers: [waiver('database-ports', '2026-12-31')] });
    expect(layerOf(waived, 2, { findings: [database()] }).because).toEqual(['waived']);
    expect(word(whole, 2, 4, { findings: [database('2026-01-14T05:00:00.000Z')] })[1]).toBe(
      'evidence-older-than-claim',
    );
  });
});

describe('thiếu', () => {
  it('nothing said, or said not to be there', () => {
    expect(word({}, 1)).toEqual(['thieu', 'claim-missing']);
    expect(word({ monitoring: { claimed: false } }, 2)).toEqual(['thieu', 'claim-says-no']);
  });

  it('an assessor that is not independent of the operator (Decree 331 Đ31.2.c)', () => {
    expect(word({ assessment: { ...whole.assessment, independent: false } }, 3)).toEqual(['thieu', 'not-independent']);
    expect(missing({ assessment: without(whole.assessment, 'independent') }, 3)).toEqual(['independent']);
  });

  it('24/7 at levels 4 and 5 (TCVN 14423 6.13.2.1 c, 7.13.2.1 c), not at level 3', () => {
    const monitoring = { ...whole.monitoring, roundTheClock: false };
    expect(word({ monitoring }, 2, 4)).toEqual(['thieu', 'required-no']);
    expect(word({ monitoring }, 2, 5)[0]).toBe('thieu');
    expect(word({ monitoring }, 2, 3)[0]).toBe('da-chung-minh');
  });

  it('anti-malware not connected (Law 116 Đ40.1.b)', () => {
    expect(word({ connection: { ...whole.connection, antiMalwareShared: false } }, 4, 1)[1]).toBe('required-no');
  });
});

describe('what a claim leaves out is named', () => {
  it('layer 1: decision, unit, head, telephone, e-mail, plan (Decree 331 Đ31.1, Đ36.1); drill from level 3', () => {
    expect(missing({ onSite: { claimed: true } }, 1, 2)).toEqual([
      'document',
      'unit',
      'head',
      'phone',
      'email',
      'incident-plan',
    ]);
    for (const level of [3, 4, 5] as const) {
      expect(missing({ onSite: without(whole.onSite, 'lastDrill') }, 1, level)).toEqual(['last-drill']);
    }
    expect(word({ onSite: without(whole.onSite, 'email') }, 1)).toEqual(['khai-bao-chua-kiem-chung', 'fields-missing']);
  });

  it('layer 2: who monitors its own needs no licence; a hired firm does (Law 116 Đ28.2.đ, Đ29.1)', () => {
    const bare = { claimed: true, document: { number: '3/QĐ', date: '2026-01-15' }, roundTheClock: true, siem: 'A' };
    expect(missing({ monitoring: { ...bare, selfRun: true } }, 2)).toEqual([]);
    expect(missing({ monitoring: bare }, 2)).toEqual(['provider', 'licence', 'licence-until', 'from', 'until']);
  });

  it('layer 3: a licence or a designation at level 5 and for the national-security list (Đ31.2.c)', () => {
    expect(missing(whole, 3, 4)).toEqual([]);
    expect(missing(whole, 3, 5)).toEqual(['licence-or-designation', 'licence-until']);
    const assessment = { ...whole.assessment, designation: { number: '8/QĐ', date: '2026-01-01' } };
    expect(missing({ assessment }, 3, 5)).toEqual([]);
    const listed = claiming(whole, 3);
    const classification = { ...listed.classification, nationalSecurityList: { state: 'da-dua-vao' as const } };
    expect(layerOf({ ...listed, classification } as System, 3).missing.map(({ field }) => field)).toEqual([
      'licence-or-designation',
      'licence-until',
    ]);
  });

  it('layer 4: centre and last data at every level, kinds of logs from level 3', () => {
    expect(missing({ connection: { claimed: true } }, 4, 2)).toEqual([
      'document',
      'target',
      'anti-malware-shared',
      'last-seen',
    ]);
    expect(missing({ connection: without(whole.connection, 'logTypes') }, 4, 3)).toEqual(['log-types']);
  });

  it('certified staff are asked for from 19/8/2029 (Law 116 Đ34.2, Decree 333 Đ24.8.b)', () => {
    const fields = (at: string) => layerOf(claiming(whole), 1, { at }).missing.map(({ field }) => field);
    expect(fields('2029-08-18T05:00:00.000Z')).toEqual([]);
    expect(fields('2029-08-19T05:00:00.000Z')).toEqual(['certified-staff']);
  });

  it('a level approved under the old law is asked for the standard from 1/7/2027 (Law 116 Đ45.1)', () => {
    const classification = { level: 4, regime: 'nd-85-2016', dossier: 'da-phe-duyet' } as const;
    const old = claiming({ onSite: without(whole.onSite, 'lastDrill') }, 4, { classification });
    expect(layerOf(old, 1, { at: '2027-06-30T05:00:00.000Z' }).missing).toEqual([]);
    expect(layerOf(old, 1, { at: '2027-07-01T05:00:00.000Z' }).missing.map(({ field }) => field)).toEqual([
      'last-drill',
    ]);
  });
});

describe('mâu thuẫn', () => {
  it('a fail on or after the day of the claim, both days beside each other', () => {
    const status = layerOf(claiming(whole), 2, { findings: [database()] });
    expect([status.verdict, status.because]).toEqual(['mau-thuan', ['claim-denied']]);
    expect(status.evidence[0]).toMatchObject({
      kind: 'finding',
      stance: 'against',
      check: 'database-ports',
      at: noon,
      claimOn: '2026-01-15',
    });
  });

  it('layer 3: what is still open after the day by which all was mended; a report alone is not denied by faults', () => {
    const open = (at: string) => ({ findings: [finding('web-server-support', 'fail', { at })] });
    expect(word(whole, 3, 4, open('2026-09-01T05:00:00.000Z'))).toEqual(['mau-thuan', 'claim-denied']);
    expect(word(whole, 3, 4, open('2026-08-31T05:00:00.000Z'))[1]).toBe('evidence-older-than-claim');
    const report = { assessment: without(whole.assessment, 'remediatedOn') };
    expect(word(report, 3, 4, open(noon))[1]).toBe('fail-beside-claim');
  });

  it('an assessor whose licence had ended before it reported', () => {
    const held = (licenceUntil: string) => ({ assessment: { ...whole.assessment, licence: '5/GP', licenceUntil } });
    expect(word(held('2026-07-31'), 3)).toEqual(['mau-thuan', 'licence-ended-before-report']);
    expect(word(held('2026-08-01'), 3, 5)[0]).toBe('da-chung-minh');
  });
});

describe('hết hạn', () => {
  it('the claim, the contract or the licence; the last day still counts', () => {
    const until = (day: string) => ({ monitoring: { ...whole.monitoring, until: day } });
    expect(word(until('2026-11-22'), 2)[0]).toBe('da-chung-minh');
    expect(word(until('2026-11-21'), 2)).toEqual(['het-han', 'claim-expired']);
    expect(word({ monitoring: { ...whole.monitoring, licenceUntil: '2026-11-21' } }, 2)[0]).toBe('het-han');
  });

  it('who monitors its own is not held to a licence', () => {
    const own = { monitoring: { ...whole.monitoring, selfRun: true, licenceUntil: '2020-01-01' } };
    expect(word(own, 2)[0]).toBe('da-chung-minh');
  });

  it('a drill more than twelve months ago at level 4 (TCVN 14423 6.17.2.6), with the days', () => {
    const drill = (lastDrill: string) => ({ onSite: { ...whole.onSite, lastDrill } });
    expect(word(drill('2025-11-22'), 1)[0]).toBe('da-chung-minh');
    const status = layerOf(claiming(drill('2025-11-20')), 1);
    expect([status.verdict, status.stale.map(({ field, days }) => [field, days])]).toEqual([
      'het-han',
      [['last-drill', 2]],
    ]);
    expect(word(drill('2020-01-01'), 1, 3)[0]).toBe('da-chung-minh');
  });

  it('last data more than thirty days ago from level 3', () => {
    const seen = (lastSeen: string) => ({ connection: { ...whole.connection, lastSeen } });
    expect(word(seen('2026-10-23'), 4)[0]).toBe('da-chung-minh');
    expect(word(seen('2026-10-22'), 4)).toEqual(['het-han', 'field-stale']);
    expect(word(seen('2025-01-01'), 4, 2)[0]).toBe('da-chung-minh');
  });
});

describe('không áp dụng, and nothing said', () => {
  const stopped = (since: string) => {
    const one = claiming({});
    return { ...one, classification: { ...one.classification, operation: { state: 'ngung', since } } } as System;
  };
  const targets = [{ key: 'https://portal.example/ [192.0.2.7]', kind: 'web' as const }];

  it('a system out of service, unless a machine of it answers', () => {
    expect(layerOf(stopped('2026-06-01'), 2).verdict).toBe('khong-ap-dung');
    const answers = { targets, findings: [finding('tls-protocols', 'pass')] };
    expect(layerOf(stopped('2026-06-01'), 2, answers).verdict).toBe('thieu');
    expect(layerOf(stopped('2026-12-01'), 2, answers).verdict).toBe('khong-ap-dung');
    const silent = { targets, findings: [finding('tls-protocols', 'not-observed')] };
    expect(layerOf(stopped('2026-06-01'), 2, silent).verdict).toBe('khong-ap-dung');
  });

  it('a text that asks a layer of other levels alone', () => {
    const other = frameworks.map((one) => ({
      ...one,
      obligations: one.obligations.map((obligation) =>
        obligation.layer === 4 ? { ...obligation, levels: { 5: 'Đ1' } } : obligation,
      ),
    }));
    expect(layerOf(claiming(whole, 3), 4, { frameworks: other }).because).toEqual(['not-asked']);
  });

  it('says nothing of excluded systems, nor by texts without rules', () => {
    const input = { findings: [], checks, looks: [], at: noon, province: 'test' };
    expect(layerStatuses({ ...input, frameworks, system: claiming(whole, 4, { excluded: 'quan-su' }) })).toEqual([]);
    const bare = frameworks.map(({ layerRules, ...rest }) => (layerRules === undefined ? rest : rest));
    expect(layerStatuses({ ...input, frameworks: bare, system: claiming(whole) })).toEqual([]);
  });
});

it('every layer is a claim that an obligation can ask for', () => {
  expect(claimFields.filter((field) => /^layers\.\d$/.test(field))).toEqual(layers.map((layer) => `layers.${layer}`));
});
