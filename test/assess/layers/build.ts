import { layerStatuses, type LayerInput } from '../../../src/assess/layers/status.ts';
import { readFrameworks } from '../../../src/assess/read.ts';
import { readChecks } from '../../../src/judge/read.ts';
import type { SystemDetection } from '../../../src/model/detection.ts';
import type { System } from '../../../src/model/inventory.ts';
import type { LayerNumber } from '../../../src/model/layer-rules.ts';
import type { LayerStatus } from '../../../src/model/layer-status.ts';
import { noon, system } from '../build.ts';

/** Our own texts and checks: the rules that users get. */
export const checks = await readChecks(['checks']);
export const frameworks = await readFrameworks(['checks/frameworks'], checks);

const document = (number: string, date: string) => ({ number, date });
type Held = NonNullable<System['layers']>;

/** Claims in which nothing is missing at level 4, verified by a person, on 22/11/2026. */
export const whole = {
  onSite: {
    claimed: true,
    document: document('1/QĐ', '2026-01-10'),
    unit: 'Phòng An ninh mạng',
    head: 'Nguyễn Văn A',
    phone: '0213 000 000',
    email: 'anm@example.vn',
    incidentPlan: document('2/PA', '2026-02-10'),
    lastDrill: '2026-05-10',
    verified: { on: '2026-10-01', by: 'Đoàn kiểm tra', document: document('9/BB', '2026-10-01') },
  },
  monitoring: {
    claimed: true,
    document: document('3/HĐ', '2026-01-15'),
    provider: 'Công ty B',
    licence: '5/GP',
    licenceUntil: '2028-01-01',
    from: '2026-01-15',
    until: '2027-01-15',
    roundTheClock: true,
    siem: 'SIEM B',
    verified: { on: '2026-10-01', by: 'Đoàn kiểm tra', document: document('9/BB', '2026-10-01') },
  },
  assessment: {
    claimed: true,
    report: document('4/BC', '2026-08-01'),
    assessor: 'Công ty C',
    independent: true,
    remediatedOn: '2026-09-01',
    verified: { on: '2026-10-01', by: 'Đoàn kiểm tra', document: document('9/BB', '2026-10-01') },
  },
  connection: {
    claimed: true,
    document: document('6/BB', '2026-03-01'),
    target: 'tinh',
    logTypes: ['web'],
    lastSeen: '2026-11-20',
    antiMalwareShared: true,
    verified: { on: '2026-10-01', by: 'Đoàn kiểm tra', document: document('9/BB', '2026-10-01') },
  },
} as const satisfies Held;

/** A system at a level approved under Decree 331, with these claims. */
export function claiming(layers: Held, level: 1 | 2 | 3 | 4 | 5 = 4, over: Partial<System> = {}): System {
  return system({
    classification: { level, regime: 'nd-331-2026', dossier: 'da-phe-duyet', decision: document('7/QĐ', '2026-08-25') },
    layers,
    ...over,
  });
}

/** The status of one layer on 22/11/2026 by our own rules. */
export function layerOf(one: System, layer: LayerNumber, over: Partial<LayerInput> = {}): LayerStatus {
  const all = layerStatuses({
    system: one,
    findings: [],
    frameworks,
    checks,
    looks: [],
    at: noon,
    province: 'test',
    ...over,
  });
  const found = all.find((status) => status.layer === layer);
  if (found === undefined) throw new Error(`no status of layer ${layer}`);
  return found;
}

/** A detection check of 20/11/2026 that came to this. */
export function detection(state: SystemDetection['state'], over: Partial<SystemDetection> = {}): SystemDetection {
  return {
    run: 'run-1',
    system: 'portal',
    state,
    sentAt: '2026-11-20T02:00:00.000Z',
    seenAt: state === 'noticed' || state === 'partly' ? '2026-11-20T02:00:20.000Z' : null,
    delaySeconds: state === 'noticed' || state === 'partly' ? 20 : null,
    returnedAt: '2026-11-21T02:00:00.000Z',
    sources: ['192.0.2.9'],
    centres: [],
    coverage: { seen: state === 'noticed' ? 1 : 0, needed: 1 },
    targets: [],
    ...over,
  };
}
