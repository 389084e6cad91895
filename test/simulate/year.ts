import { dayOf } from '../../src/model/day.ts';
import type { Life } from '../../src/model/track/life.ts';
import type { Sighting } from '../../src/model/track/sighting.ts';
import { recordChange } from '../../src/pipeline/track-change.ts';
import { trackRuns } from '../../src/pipeline/track-run.ts';
import { verifyHistory } from '../../src/pipeline/verify-history.ts';
import { openStore } from '../../src/store/store.ts';
import type { Store } from '../../src/store/types.ts';
import { putAside, say } from '../../src/track/change.ts';
import { stateOn } from '../../src/track/state.ts';
import type { Deed } from './lives.ts';
import { weeks, type Script, type ScriptedFinding } from './script.ts';
import { checkIn, checksIn, findingsIn, instant, inventoryIn, lastDay, targetIn } from './world.ts';

export type YearResult = {
  readonly differences: readonly string[];
  /** States held against the script's. */
  readonly compared: number;
  readonly findings: number;
  readonly records: number;
};

/** Lives the script's year through a real store and holds every finding's state against the truth after every run. */
export async function simulateYear(
  script: Script,
  path: string,
  onWeek: (week: number) => void = () => undefined,
): Promise<YearResult> {
  const store = await openStore(path);
  const differences: string[] = [];
  let compared = 0;
  try {
    for (let week = 0; week < weeks; week++) {
      await carryOutDeeds(store, script, week);
      await scanWeek(store, script, week);
      const lives = await store.track.lives();
      const found = new Map(lives.map((life) => [nameOf(life), life]));
      if (found.size !== lives.length) differences.push(`week ${week}: ${lives.length - found.size} findings twice`);
      for (const system of script.systems) {
        for (const finding of system.findings) {
          compared += 1;
          const told = finding.states[week] ?? 'none';
          const life = found.get(`${finding.system} ${checkIn(week, finding.check)}`);
          const is = life === undefined ? 'none' : life.state;
          const later = life === undefined ? 'none' : stateOn(life, dayOf(instant(week)));
          if (is !== told || later !== told) {
            differences.push(
              `week ${week}, ${finding.system} ${finding.check} (${finding.kind}): ${is}, ${later}; truth ${told}`,
            );
          }
        }
      }
      onWeek(week);
    }
    const lives = await store.track.lives();
    differences.push(...(await wrongStrips(store, script, lives)));
    const { faults, head } = await verifyHistory(store);
    differences.push(...faults.map((fault) => `history: ${JSON.stringify(fault)}`));
    return { differences, compared, findings: lives.length, records: head.seq };
  } finally {
    await store.close();
  }
}

const nameOf = ({ system, check }: Life) => `${system} ${check}`;

async function scanWeek(store: Store, script: Script, week: number): Promise<void> {
  const lawbook = { checks: checksIn(week, script), frameworks: [], reference: {} };
  const id = `run-${String(week).padStart(2, '0')}`;
  const targets = script.systems.flatMap((system) => targetIn(week, system) ?? []);
  const inventory = inventoryIn(week, script);
  await store.createRun({
    id,
    tool: 't',
    zone: 'internet',
    startedAt: instant(week, -2),
    inventory,
    targets,
    settings: {},
    lawbook,
  });
  await store.addJudgement(id, instant(week), lawbook, findingsIn(week, script), []);
  await store.finishRun(id, 'finished', instant(week));
  await trackRuns(store);
}

/** What people did on the day before a run, each by his own change. */
async function carryOutDeeds(store: Store, script: Script, week: number): Promise<void> {
  const due = script.systems.flatMap(({ findings }) =>
    findings.flatMap((finding) => {
      const deed = finding.steps[week]?.before;
      return deed === undefined ? [] : [{ finding, deed }];
    }),
  );
  if (due.length === 0) return;
  const ids = new Map((await store.track.lives()).map((life) => [nameOf(life), life.id]));
  for (const { finding, deed } of due) {
    const id = ids.get(`${finding.system} ${checkIn(week - 1, finding.check)}`);
    if (id === undefined) throw new Error(`${finding.system} ${finding.check} is not there in week ${week}`);
    await recordChange(store, [id], (life) => entryOf(life, deed, week));
  }
}

function entryOf(life: Life, deed: Deed, week: number) {
  const hand = { by: 'A', at: instant(week, -24), document: '1/QĐ' };
  if (deed.do !== 'waived' && deed.do !== 'false-positive') return say(life, deed.do, hand);
  const until = lastDay(week, deed.weeks);
  return putAside(life, { as: deed.do, reason: 'x', document: '1/QĐ', approvedBy: 'B', until }, hand);
}

const signs: Readonly<Record<Sighting['mark'], string>> = {
  fail: 'F',
  pass: 'P',
  'not-observed': 'o',
  'not-applicable': 'n',
  gone: 'g',
};

/** Strips that are not what the script saw, from the first fail on. */
async function wrongStrips(store: Store, script: Script, lives: readonly Life[]): Promise<readonly string[]> {
  const seen = Map.groupBy(await store.track.sightingsOf(lives.map(({ id }) => id)), ({ finding }) => finding);
  const strips = new Map(
    lives.map((life) => [nameOf(life), (seen.get(life.id) ?? []).map(({ mark }) => signs[mark]).join('')]),
  );
  return script.systems.flatMap(({ hosts, findings }) =>
    findings.flatMap((finding) => {
      const told = toldStrip(hosts, finding);
      const is = strips.get(`${finding.system} ${checkIn(weeks - 1, finding.check)}`) ?? '';
      return is === told ? [] : [`strip of ${finding.system} ${finding.check}: ${is}; truth ${told}`];
    }),
  );
}

function toldStrip(hosts: Script['systems'][number]['hosts'], { steps }: ScriptedFinding): string {
  const birth = steps.findIndex((step) => step?.sees === 'F');
  if (birth < 0) return '';
  return hosts
    .slice(birth)
    .map((host, index) => {
      if (host !== 'out') return steps[birth + index]?.sees ?? 'o';
      return hosts[birth + index - 1] === 'out' ? '' : 'g';
    })
    .join('');
}
