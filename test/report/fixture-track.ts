import { viewOf } from '../../src/pipeline/track-view.ts';
import type { Finding } from '../../src/model/finding.ts';
import { failure } from '../../src/model/failure.ts';
import type { ReportData } from '../../src/model/report-data.ts';
import type { HistoryEntry, HistoryRecord } from '../../src/model/track/history.ts';
import type { Due } from '../../src/model/track/due.ts';
import type { Life } from '../../src/model/track/life.ts';
import type { ReportTrack, SightingInRun } from '../../src/model/track/report-track.ts';
import type { RunGlance } from '../../src/model/track/trend.ts';
import { dayOf } from '../../src/model/day.ts';
import { plusDays } from '../../src/track/calendar.ts';
import { sealEntries, chainStart } from '../../src/track/chain.ts';
import { putAside, say } from '../../src/track/change.ts';
import { applyEntry, type Lives } from '../../src/track/fold.ts';
import { originsOf } from '../../src/track/origins.ts';
import type { KnownPlaces } from '../../src/track/place.ts';
import { takeIn } from '../../src/track/take-in.ts';
import { createTrend } from '../../src/track/trend.ts';

const weekMs = 7 * 86_400_000;
const fixtureWeeks = 9;
/** A network that was lost, and the week in which a check came in and another fails no more for it was corrected. */
const lost = { owner: 'so-y-te', weeks: [4, 5] };
const checksFrom = 6;
const newCheck = 'content-security-policy';

/**
 * Nine weeks of the invented province up to its run, through the real tracker: fixes, relapses, claims, a network that was
 * lost, a check that came in. The last week is the report's own run.
 */
export function fixtureTrack(data: ReportData): ReportTrack {
  const end = Date.parse(data.run.endedAt ?? data.run.startedAt);
  const at = (week: number, hours = 0) =>
    new Date(end - (fixtureWeeks - 1 - week) * weekMs + hours * 3_600_000).toISOString();
  const lives: Lives = new Map();
  const entries: HistoryEntry[] = [];
  const strips = new Map<string, SightingInRun[]>();
  const trend = createTrend({ dueOf: dueOfLife, hidden: new Set() });
  let places: KnownPlaces = new Map();
  let last: readonly Finding[] = [];
  const add = (entry: HistoryEntry) => {
    entries.push(entry, ...applyEntry(lives, entry).map((event) => ({ at: entry.at, by: 'rasoat', event })));
  };
  for (let week = 0; week < fixtureWeeks; week += 1) {
    for (const life of lives.values()) for (const entry of deeds(life, week, at(week, -30))) add(entry);
    const findings = findingsIn(week, data, at(week, -1));
    const run = week === fixtureWeeks - 1 ? data.run.id : `run-${dayOf(at(week))}-01`;
    const checks = data.checks.filter(({ id }) => week >= checksFrom || id !== newCheck);
    const checksHash = week < checksFrom ? 'b1'.repeat(32) : data.run.checksHash;
    const taken = takeIn(lives, {
      run,
      zone: data.run.zone,
      at: at(week),
      judgement: week + 1,
      checksHash,
      checks,
      inventory: data.inventory,
      targets: data.targets,
      findings,
      before: places,
      settings: { openAfter: 2, closeAfter: 2, unseenAfter: 3 },
    });
    places = taken.places;
    entries.push(...taken.entries);
    for (const sighting of taken.sightings) {
      strips.set(sighting.finding, [...(strips.get(sighting.finding) ?? []), { ...sighting, run }]);
    }
    const seen = taken.sightings.flatMap(({ finding, mark }) =>
      mark === 'not-observed' || mark === 'gone' ? [] : [finding],
    );
    trend.next({
      run,
      at: at(week),
      checksHash,
      lives,
      seen: new Set(seen),
      glance: glanceOf(week, last, findings, checks),
    });
    last = findings;
  }
  const sealed = sealEntries(chainStart, entries);
  const byFinding = Map.groupBy(
    sealed.filter(({ event }) => event.kind !== 'run'),
    ({ event }: HistoryRecord) => ('finding' in event ? event.finding : ''),
  );
  const day = dayOf(at(fixtureWeeks - 1));
  const { findings, tasks, tally } = viewOf({
    lives: [...lives.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    hidden: new Set(),
    inventory: data.inventory,
    lawbook: { checks: data.checks, frameworks: data.frameworks, reference: {} },
    day,
    due: duesOfLife,
  });
  return { day, findings, tasks, tally, strips, history: byFinding, trend: trend.trend() };
}

/** What the weeks before saw otherwise than the report's run. */
function findingsIn(week: number, data: ReportData, at: string): readonly Finding[] {
  if (week === fixtureWeeks - 1) return data.findings;
  const owners = new Map(data.inventory.systems.map(({ id, owner }) => [id, owner]));
  return data.findings.flatMap((finding): readonly Finding[] => {
    const { system, check } = finding;
    if (check === newCheck && week < checksFrom) return [];
    if (owners.get(system) === lost.owner && lost.weeks.includes(week)) {
      const kind = data.checks.find(({ id }) => id === check)?.reads[0] ?? 'tls';
      const { severity, target } = finding;
      const cause = { kind, failure: failure('timeout', 'no answer within 5000 ms') };
      return [{ system, target, check, severity, outcome: 'not-observed', evidence: [], cause, at }];
    }
    const told = earlier[`${system.replace(/-\d+$/, '')} ${check}`]?.[week];
    if (told === undefined || finding.outcome === 'not-observed') return [{ ...finding, at }];
    if (told === 'P') return [{ ...finding, at, outcome: 'pass', evidence: [] }];
    const because = { vi: 'Không đúng yêu cầu', en: 'Not as required' };
    return [{ ...finding, at, outcome: 'fail', evidence: [{ at: '/', saw: null, because }] }];
  });
}

/** Week by week, where a finding was not always as it is now. */
const earlier: Readonly<Record<string, string>> = {
  // Mended.
  'cong-thong-tin cert-expiry': 'FFFFFPPP',
  'cong-dich-vu-cong cert-expiry': 'FFFFFFFP',
  'trung-tam-du-lieu hsts': 'FFFPPPPP',
  'co-so-du-lieu-gd tls-suites': 'PPFFFPPP',
  // Came back after a proven fix.
  'tuyen-sinh hsts': 'FFPPPFFF',
  'cong-dich-vu-cong tls-suites': 'FFPPPPPF',
  // One bad night, and a host that is bad every second one.
  'trung-tam-du-lieu tls-protocols': 'PPPPPFPP',
  'cong-dich-vu-cong server-version': 'FPFPFPFP',
  // New.
  'cong-thong-tin software-supported': 'PPPPPPPF',
  'benh-an tls-protocols': 'PPPPPPPP',
};

/** What people said the day before a run. */
function deeds(life: Life, week: number, at: string): readonly HistoryEntry[] {
  const hand = { by: 'Phạm Minh Đức', at, document: '52/CV-VP' };
  const told = `${life.system} ${life.check} ${week}`;
  if (told === 'cong-dich-vu-cong tls-protocols 3') return [say(life, 'in-progress', hand)];
  if (told === 'cong-dich-vu-cong hsts 4') return [say(life, 'claimed-fixed', hand)];
  if (told === 'tuyen-sinh https-redirect 7') return [say(life, 'in-progress', { ...hand, by: 'Lê Thu Hà' })];
  if (told === 'quan-ly-van-ban https-redirect 5') {
    const words = { as: 'false-positive' as const, document: '61/QĐ', until: plusDays(dayOf(at), 44) };
    return [putAside(life, { ...words, reason: 'Cổng chỉ dùng nội bộ', approvedBy: 'Đặng Thu Hà' }, hand)];
  }
  return [];
}

function glanceOf(
  week: number,
  before: readonly Finding[],
  after: readonly Finding[],
  checks: ReportData['checks'],
): RunGlance {
  const groups = Map.groupBy(after, ({ system }) => system);
  const coverage = [...groups].map(([system, all]) => {
    const needed = all.filter(({ outcome }) => outcome !== 'not-applicable');
    return { system, seen: needed.filter(({ outcome }) => outcome !== 'not-observed').length, needed: needed.length };
  });
  const changed = week === checksFrom;
  const same = { before, byChecks: before, byLawbook: before };
  const knownChecks = new Set(checks.map(({ id }) => id).filter((id) => !changed || id !== newCheck));
  const origins =
    week === 0 ? [] : originsOf({ ...same, after, moved: new Map(), renamed: (check) => check, knownChecks });
  return { before: 'x', checks: changed, data: week === 3, toldApart: true, origins, coverage };
}

const days = { critical: 10, high: 20, medium: 40, low: 80, info: 200 };

function dueOfLife({ phase, severity, openedAt, check }: Life): Due | undefined {
  if (phase !== 'confirmed') return undefined;
  if (check === 'tls-protocols') {
    return {
      on: '2026-11-30',
      rule: 'directive',
      source: { vi: 'Chỉ thị mẫu về an ninh mạng', en: 'A made-up directive on cybersecurity' },
      instrument: '18/CT-UBND',
      clause: 'mục 2',
      certainty: 'text',
    };
  }
  return {
    on: plusDays(dayOf(openedAt), days[severity]),
    rule: 'convention',
    source: { vi: 'Theo mức độ và cấp độ', en: 'By severity and level' },
    certainty: 'inference',
  };
}

function duesOfLife(life: Life): { readonly due: readonly Due[]; readonly passed: readonly Due[] } {
  const due = dueOfLife(life);
  return { due: due === undefined ? [] : [due], passed: [] };
}
