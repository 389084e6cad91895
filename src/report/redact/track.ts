import { sixClear } from '../../model/inventory/six-clear.ts';
import type { Text } from '../../model/text.ts';
import type { Due } from '../../model/track/due.ts';
import type { Life } from '../../model/track/life.ts';
import type { ReportTrack } from '../../model/track/report-track.ts';
import type { Task } from '../../model/track/task.ts';
import type { Renamed } from './inventory.ts';
import { removed } from './scrub.ts';

type Scrub = (text: string) => string;

/** The life of findings as numbers and days: no words of owners, no documents, no fingerprints, no history. */
export function redactTrack(track: ReportTrack, scrub: Scrub, renamed: Renamed): ReportTrack {
  const ids = new Map(track.findings.map(({ life }, at) => [life.id, `f${at + 1}`]));
  const idOf = (id: string) => ids.get(id) ?? 'f0';
  const due = (one: Due): Due => ({
    on: one.on,
    rule: one.rule,
    source: bothOf(one.source, scrub),
    certainty: one.certainty,
    ...(one.instrument === undefined ? {} : { instrument: scrub(one.instrument) }),
    ...(one.clause === undefined ? {} : { clause: scrub(one.clause) }),
  });
  return {
    day: track.day,
    findings: track.findings.map(({ life, state, ageDays, due: first, daysLate, asideUntil }) => ({
      life: redactLife(life, idOf(life.id), renamed),
      state,
      ageDays,
      ...(first === undefined ? {} : { due: due(first) }),
      otherDue: [],
      passed: [],
      daysLate,
      ...(asideUntil === undefined ? {} : { asideUntil }),
    })),
    tasks: track.tasks.map((task) => ({
      system: renamed.system(task.system),
      change: task.change,
      findings: task.findings.map(idOf),
      severity: task.severity,
      clear: clearOf(task.clear, scrub),
      blank: task.blank.filter((part) => sixClear.some((one) => one === part)),
      ...(task.due === undefined ? {} : { due: due(task.due) }),
      daysOpen: task.daysOpen,
      daysLate: task.daysLate,
    })),
    tally: {
      ...track.tally,
      lapsing: track.tally.lapsing.map(({ finding, until }) => ({ finding: idOf(finding), until })),
    },
    strips: new Map(
      [...track.strips].map(([id, sightings]) => [
        idOf(id),
        sightings.map(({ mark, at, cause, run }) => ({
          finding: idOf(id),
          mark,
          at,
          run,
          ...(cause === undefined ? {} : { cause }),
        })),
      ]),
    ),
    history: new Map(),
  };
}

function redactLife(life: Life, id: string, renamed: Renamed): Life {
  const { word, aside, passedAt } = life;
  return {
    id,
    zone: life.zone,
    system: renamed.system(life.system),
    check: life.check,
    target: renamed.target(life.target),
    severity: life.severity,
    state: life.state,
    settings: life.settings,
    bornAt: life.bornAt,
    phase: life.phase,
    fails: life.fails,
    passes: life.passes,
    absent: life.absent,
    unseen: life.unseen,
    gone: life.gone,
    recurrences: life.recurrences,
    refuted: life.refuted,
    lastAt: life.lastAt,
    seenAt: life.seenAt,
    failedAt: life.failedAt,
    evidence: '',
    openedAt: life.openedAt,
    ...(passedAt === undefined ? {} : { passedAt }),
    ...(word === undefined ? {} : { word: { word: word.word, at: word.at, by: removed } }),
    ...(aside === undefined
      ? {}
      : {
          aside: {
            as: aside.as,
            reason: removed,
            document: removed,
            requestedBy: removed,
            approvedBy: removed,
            from: aside.from,
            until: aside.until,
            evidence: '',
          },
        }),
    spent: [],
    words: {},
    mended: life.mended,
  };
}

function clearOf(clear: Task['clear'], scrub: Scrub): Task['clear'] {
  const said = (one: string | Text | null) =>
    one === null ? null : typeof one === 'string' ? removed : bothOf(one, scrub);
  return Object.fromEntries(Object.entries(clear).map(([part, one]) => [part, said(one)])) as Task['clear'];
}

/** A text of a check or a law in both languages. */
function bothOf({ vi, en }: Text, scrub: Scrub): Text {
  return { vi: scrub(vi), en: scrub(en) };
}
