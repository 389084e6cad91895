import { contentHash } from '../../model/canonical.ts';
import type { Check } from '../../model/check.ts';
import { dayOf } from '../../model/day.ts';
import type { Finding } from '../../model/finding.ts';
import type { ReportData } from '../../model/report-data.ts';
import type { Due } from '../../model/track/due.ts';
import type { TrackState } from '../../model/track/state.ts';
import type { TrackedFinding } from '../../model/track/tracked.ts';
import { tallyOf } from '../../model/track/tally.ts';
import { groupBy, reportIndex, unknownCheck, type ReportIndex, type SystemFile } from '../view/report-index.ts';
import { feedDates, type FeedDate } from './feed-dates.ts';
import { listed } from './listed.ts';

/** Everything that the machine forms write, decided once: each form only puts it down in its own grammar. */
export type Ledger = {
  readonly index: ReportIndex;
  /** The run's own clock; nothing in a file is younger than `judgedAt`. */
  readonly at: string;
  readonly systems: readonly SystemEntry[];
  readonly inInventory: number;
  readonly withheld: number;
  readonly feeds: readonly FeedDate[];
};

export type SystemEntry = {
  readonly file: SystemFile;
  readonly findings: readonly FindingEntry[];
  /** Failures past their day; null where nobody follows the run's findings. */
  readonly late: number | null;
};

/** A finding with what is known of its life. */
export type FindingEntry = {
  readonly finding: Finding;
  readonly check: Check;
  /** Sixteen hexadecimal digits of system, check and target: the same in every run while these are. */
  readonly place: string;
  readonly life: FindingLife | null;
  readonly aside: Aside | null;
};

export type FindingLife = {
  /** The tracker's id, which outlives a new address and a check's new name. */
  readonly id: string;
  readonly state: TrackState;
  readonly firstSeen: string;
  readonly ageDays: number;
  readonly due: Due | null;
  readonly daysLate: number;
};

/** A failure set aside, by the inventory or by command. Who asked and who approved are persons, and stay in the inventory. */
export type Aside = {
  readonly as: 'waived' | 'false-positive';
  readonly until: string;
  readonly reason: string;
  readonly document: string | null;
};

/** Gathers a run. Findings stand in the order of the store, systems in that of the inventory. Pure. */
export function ledger(of: ReportData): Ledger {
  const { data, withheld } = listed(of);
  const index = reportIndex(data);
  const lives = new Map((data.track?.findings ?? []).map((tracked) => [keyOf(tracked.life), tracked]));
  const bySystem = groupBy(data.track?.findings ?? [], ({ life }) => life.system);
  const systems = index.files.map((file): SystemEntry => {
    const asides = new Map([...file.waived, ...file.falsePositives].map(({ finding, aside }) => [finding, aside]));
    return {
      file,
      late: data.track === undefined ? null : tallyOf(bySystem.get(file.system.id) ?? [], index.today).late,
      findings: file.findings.map((finding): FindingEntry => {
        const tracked = lives.get(keyOf(finding));
        const aside = asides.get(finding);
        return {
          finding,
          check: index.checks.get(finding.check) ?? unknownCheck(finding),
          place: contentHash([finding.system, finding.check, finding.target]).slice(0, 16),
          life: tracked === undefined ? null : lifeOf(tracked),
          aside:
            aside !== undefined
              ? {
                  as: aside.as,
                  until: aside.until,
                  reason: aside.reason,
                  document: aside.document === '' ? null : aside.document,
                }
              : finding.outcome === 'fail' && data.asides === undefined
                ? asideOf(tracked)
                : null,
        };
      }),
    };
  });
  return {
    index,
    at: data.run.endedAt ?? data.run.startedAt,
    systems,
    inInventory: of.inventory.systems.length,
    withheld,
    feeds: feedDates(data.software ?? []),
  };
}

function keyOf({ system, check, target }: Pick<Finding, 'system' | 'check' | 'target'>): string {
  return `${system}\n${check}\n${target}`;
}

function lifeOf({ life, state, ageDays, due, daysLate }: TrackedFinding): FindingLife {
  return { id: life.id, state, firstSeen: dayOf(life.openedAt), ageDays, due: due ?? null, daysLate };
}

function asideOf(tracked: TrackedFinding | undefined): Aside | null {
  const aside = tracked?.life.aside;
  if (aside === undefined || (tracked?.state !== 'waived' && tracked?.state !== 'false-positive')) return null;
  return { as: aside.as, until: aside.until, reason: aside.reason, document: aside.document };
}
