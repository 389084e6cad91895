import type { ReportData } from '../../src/model/report-data.ts';
import type { ReportTrack } from '../../src/model/track/report-track.ts';
import type { Task } from '../../src/model/track/task.ts';

/** Lives for the failures of a report: seen ten days before the run, due two days after it or one before. */
export function fixtureTrack(data: ReportData): ReportTrack {
  const day = '2026-11-22';
  const since = '2026-11-12T03:00:00.000Z';
  const at = data.run.endedAt ?? data.run.startedAt;
  const settings = { openAfter: 1, closeAfter: 2, unseenAfter: 3 };
  const words = { vi: 'Chỉ thị của tỉnh', en: 'Directive of the province' };
  const findings = data.findings
    .filter(({ outcome }) => outcome === 'fail')
    .map(({ system, check, target, severity }, n) => {
      const late = n % 3 === 0;
      return {
        life: {
          id: `${system} ${check} ${target}`,
          zone: data.run.zone,
          system,
          check,
          target,
          severity,
          state: 'open' as const,
          settings,
          bornAt: since,
          phase: 'confirmed' as const,
          fails: 2,
          passes: 0,
          absent: 0,
          unseen: 0,
          gone: false,
          recurrences: 0,
          refuted: 0,
          lastAt: at,
          seenAt: at,
          failedAt: at,
          evidence: 'e5'.repeat(32),
          openedAt: since,
          word: { word: 'in-progress' as const, at: since, by: 'Hoàng Thị Lan', document: '12/BC' },
          spent: [],
          words: { person: 'Hoàng Thị Lan' },
          mended: [],
        },
        state: 'open' as const,
        ageDays: 10,
        due: {
          on: late ? '2026-11-21' : '2026-11-24',
          rule: 'directive' as const,
          source: words,
          instrument: 'CT 05/CT-UBND',
          certainty: 'copy' as const,
        },
        otherDue: [],
        passed: [],
        daysLate: late ? 1 : 0,
      };
    });
  const changes = new Map(data.checks.map(({ id, change }) => [id, change]));
  const tasks = findings.map(({ life, due, daysLate }): Task => {
    const clear = {
      person: 'Hoàng Thị Lan',
      work: words,
      time: null,
      responsibility: null,
      product: null,
      authority: null,
    };
    return {
      system: life.system,
      change: changes.get(life.check) ?? life.check,
      findings: [life.id],
      severity: life.severity,
      clear,
      blank: ['time', 'responsibility', 'product', 'authority'],
      due,
      daysOpen: 10,
      daysLate,
    };
  });
  return {
    day,
    findings,
    tasks,
    tally: {
      states: { open: findings.length },
      toMend: findings.length,
      late: findings.filter(({ daysLate }) => daysLate > 0).length,
      setAside: 0,
      lapsing: findings.slice(0, 1).map(({ life }) => ({ finding: life.id, until: '2026-12-01' })),
      mended: 0,
      meanDaysToFix: null,
    },
    strips: new Map(
      findings.map(({ life }) => [
        life.id,
        [{ finding: life.id, mark: 'fail' as const, at, evidence: life.evidence, run: data.run.id }],
      ]),
    ),
    history: new Map(
      findings.map(({ life }) => [
        life.id,
        [
          {
            at: since,
            by: 'Hoàng Thị Lan',
            event: { kind: 'said' as const, finding: life.id, word: 'in-progress' as const, note: 'đang làm' },
            seq: 1,
            prev: '',
            hash: '',
          },
        ],
      ]),
    ),
  };
}
