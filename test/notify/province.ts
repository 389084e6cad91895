import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Severity } from '../../src/model/check.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Target } from '../../src/model/target.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';

/** A province of five bodies; Monday 2026-01-05 is day 0. The commune's body has no address; one system is never looked at. */
const organisations = [
  { id: 'ubnd-tinh', name: 'UBND tỉnh Thử', headPosition: 'Chủ tịch', contact: { email: 'tinh@lab.test' } },
  {
    id: 'so-y-te',
    name: 'Sở Y tế',
    nameEn: 'Health department',
    headPosition: 'Giám đốc Sở Y tế',
    parent: 'ubnd-tinh',
    contact: { name: 'Lò A', email: 'y-te@lab.test' },
  },
  { id: 'so-giao-duc', name: 'Sở Giáo dục', headPosition: 'Giám đốc', contact: { email: 'giao-duc@lab.test' } },
  { id: 'vien-thong', name: 'Viễn thông tỉnh', headPosition: 'Giám đốc', contact: { email: 'vien-thong@lab.test' } },
  { id: 'cong-an', name: 'Công an tỉnh', headPosition: 'Giám đốc', contact: { email: 'cong-an@lab.test' } },
  { id: 'xa', name: 'Xã Vùng Cao', headPosition: 'Chủ tịch', parent: 'ubnd-tinh' },
];

/** By system: its URL, who owns it, who operates it. */
const places = {
  'benh-an': ['https://benh-an.example/x?khoa=bi-mat', 'so-y-te', 'so-y-te', 'Bệnh án điện tử'],
  'hoc-ba': ['https://hoc-ba.example/', 'so-giao-duc', 'vien-thong', 'Học bạ số'],
  'tuyen-sinh': ['https://tuyen-sinh.example/', 'so-giao-duc', 'so-giao-duc', 'Tuyển sinh'],
  'trang-xa': ['https://xa.example/', 'xa', 'xa', 'Trang thông tin xã'],
  'co-yeu': ['https://co-yeu.example/', 'so-y-te', 'so-y-te', 'Hệ thống tuyệt mật'],
} as const;
export type SystemId = keyof typeof places;

export const checks = Object.entries({
  'tls-old': ['critical', 'tls-protocols', 'Tắt TLS 1.0 và 1.1'],
  'cert-soon': ['high', 'certificate', 'Chứng thư số còn hạn'],
  headers: ['medium', 'security-headers', 'Có tiêu đề bảo mật'],
  cookie: ['low', 'cookie-flags', 'Cookie có thuộc tính bảo vệ'],
  banner: ['info', 'banner', 'Không lộ phiên bản'],
} satisfies Record<string, readonly [Severity, string, string]>).map(([id, [severity, change, title]]) => ({
  id,
  severity,
  change,
  title: { vi: title, en: `${id} is well` },
  fix: { any: { vi: `Sửa ${id}.`, en: `Mend ${id}.` } },
}));

export type Sees = Readonly<Partial<Record<SystemId, Readonly<Record<string, 'F' | 'P' | 'o'>>>>>;

/** The instant of an hour of a day of the tests, in UTC. */
const dayAt = (day: number, hours = 0): string => new Date(Date.UTC(2026, 0, 5 + day, 3 + hours)).toISOString();
export const dayName = (day: number): string => dayAt(day).slice(0, 10);

export const inventory = {
  schema: 1,
  province: { id: 'thu', name: 'Tỉnh Thử' },
  zones: [{ id: 'internet', name: 'I' }],
  organisations,
  systems: Object.entries(places).map(([id, [url, owner, operator, name]]) => ({
    ...{ id, name, owner, operator, endpoints: [{ kind: 'web', url }] },
    ...(id === 'co-yeu' ? { excluded: 'co-yeu' } : {}),
  })),
  authorisations: [],
} as unknown as Inventory;

/** Puts a finished run into a store, as a scan leaves it, and takes it in. */
export async function addRun(store: Store, day: number, sees: Sees): Promise<void> {
  const targets = Object.entries(places).map(([system, [url]], index): Target => ({
    key: `${url} [192.0.2.${index + 1}]`,
    kind: 'web',
    system,
    endpoint: { kind: 'web', url },
    name: new URL(url).hostname,
  }));
  const lawbook = { checks: checks as unknown as Check[], frameworks: [], reference: {} };
  const run = `run-${day}`;
  await store.createRun({
    ...{ id: run, tool: 't', zone: 'internet', startedAt: dayAt(day, -1), inventory, targets, settings: {}, lawbook },
  });
  const findings = Object.entries(sees).flatMap(([system, outcomes]) =>
    Object.entries(outcomes).map(([check, letter]): Finding => {
      const target = targets.find((one) => one.system === system)?.key ?? '';
      const severity = checks.find(({ id }) => id === check)?.severity ?? 'info';
      const common = { system, target, check, severity, at: dayAt(day, -0.5) };
      const failure = { code: 'timeout' as const, detail: 'x', retryable: true };
      if (letter === 'P') return { ...common, outcome: 'pass', evidence: [] };
      if (letter === 'o') return { ...common, outcome: 'not-observed', evidence: [], cause: { kind: 'http', failure } };
      const evidence = [{ at: '/x', saw: 'BYTES-OF-EVIDENCE', because: { vi: 'x', en: 'x' } }];
      return { ...common, outcome: 'fail', evidence };
    }),
  );
  await store.addJudgement(run, dayAt(day), lawbook, findings, []);
  await store.finishRun(run, 'finished', dayAt(day));
  await trackRuns(store);
}

export type MadeOut = {
  readonly out: string;
  readonly store: Store;
  readonly remove: () => Promise<void>;
};

/** Output folders with a store in which everything fails twice that `sees` says, so that it is confirmed; made once and copied. */
export async function outMaker(
  sees: Sees,
): Promise<{ readonly make: () => Promise<MadeOut>; readonly end: () => void }> {
  const template = mkdtempSync(join(tmpdir(), 'rasoat-notify-'));
  const store = await openStore(join(template, file));
  await addRun(store, 0, sees);
  await addRun(store, 1, sees);
  await store.close();
  return {
    make: async () => {
      const out = mkdtempSync(join(tmpdir(), 'rasoat-notify-'));
      copyFileSync(join(template, file), join(out, file));
      const copy = await openStore(join(out, file));
      return {
        ...{ out, store: copy },
        remove: async () => {
          await copy.close();
          rmSync(out, { recursive: true, force: true });
        },
      };
    },
    end: () => {
      rmSync(template, { recursive: true, force: true });
    },
  };
}

const file = 'rasoat.sqlite';
