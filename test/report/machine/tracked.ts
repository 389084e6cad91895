import { contentHash } from '../../../src/model/canonical.ts';
import type { ReportData } from '../../../src/model/report-data.ts';
import type { TrackedFinding } from '../../../src/model/track/tracked.ts';
import { tallyOf } from '../../../src/model/track/tally.ts';

/** The invented province with a life for each failure: open, due after 15 days or long past it, one in six being mended. */
export function tracked(data: ReportData): ReportData {
  const day = '2026-11-22';
  const findings = data.findings
    .filter(({ outcome }) => outcome === 'fail')
    .map((finding, n): TrackedFinding => {
      const late = n % 3 === 0;
      const { system, check, target, severity, at } = finding;
      const openedAt = late ? '2026-09-01T02:00:00.000Z' : at;
      return {
        life: {
          id: contentHash(['life', system, check, target]).slice(0, 16),
          zone: data.run.zone,
          system,
          check,
          target,
          severity,
          state: 'open',
          settings: { openAfter: 1, closeAfter: 1, unseenAfter: 3 },
          bornAt: openedAt,
          phase: 'confirmed',
          fails: 1,
          passes: 0,
          absent: 0,
          unseen: 0,
          gone: false,
          recurrences: 0,
          refuted: 0,
          lastAt: at,
          seenAt: at,
          failedAt: at,
          evidence: 'e'.repeat(16),
          openedAt,
          spent: [],
          words: {},
          mended: [],
        },
        state: n % 6 === 0 ? 'in-progress' : 'open',
        ageDays: late ? 82 : 0,
        due: {
          on: late ? '2026-09-16' : '2026-12-07',
          rule: 'convention',
          source: { vi: 'Thông lệ của công cụ', en: 'A convention of the tool' },
          certainty: 'inference',
        },
        otherDue: [],
        passed: [],
        daysLate: late ? 67 : 0,
      };
    });
  return {
    ...data,
    track: { day, findings, tasks: [], tally: tallyOf(findings, day), strips: new Map(), history: new Map() },
  };
}
