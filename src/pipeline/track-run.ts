import type { Life } from '../model/track/life.ts';
import type { TrackSettings } from '../model/track/sighting.ts';
import type { Store } from '../store/types.ts';
import { sealEntries } from '../track/chain.ts';
import { defaultApartHours, defaultSettings } from '../track/settings.ts';
import { takeIn } from '../track/take-in.ts';
import { seenIn } from '../track/trend.ts';
import type { TakenRun } from './grow-trend.ts';
import { noteGlances } from './run-glance.ts';
import { keepStrips } from './strips.ts';
import { takeInPartial } from '../track/take-in-partial.ts';
import { takeInVerification } from '../track/take-in-verification.ts';
import { concernsOf, partialOf } from './partial.ts';
import { verificationOf } from './verification.ts';

/**
 * Takes every finished scan, partial run and verification that was not taken in yet into the life of its findings, oldest end first: those
 * of a store from before there was such a thing, and those whose process died before; then what trends
 * need of each. Returns how many.
 */
export async function trackRuns(store: Store): Promise<number> {
  const tracked = new Set(await store.track.runs());
  const all = [...(await store.runs()), ...(await store.partials()), ...(await store.verifications())];
  const finished = all.filter(({ id, state }) => state === 'finished' && !tracked.has(id));
  const endOf = (run: (typeof finished)[number]) => run.endedAt ?? run.startedAt;
  finished.sort((a, b) => (endOf(a) < endOf(b) ? -1 : 1));
  for (const run of finished) {
    const taken = await trackRun(store, run.id, endOf(run));
    if (taken !== undefined) await noteRun(store, run.id, taken);
  }
  await noteGlances(store);
  await keepStrips(store);
  return finished.length;
}

/**
 * Notes what a trend needs of a finished run that was just taken in, and counts it while its lives are at hand. Whatever is not
 * done, for a process died before it, is worked out when it is asked for.
 */
export async function noteRun(store: Store, id: string, taken: TakenRun): Promise<boolean> {
  await noteGlances(store);
  const run = await store.run(id);
  if (run === undefined) return false;
  // Brings due days and their law, which most calls have no use for: there is nothing to take in.
  const { growTrend } = await import('./grow-trend.ts');
  return growTrend(store, run, taken);
}

/** Takes one run into the life of its findings, unless it was before; gives the lives as they stand then. `at`: its end. */
export async function trackRun(store: Store, id: string, at: string): Promise<TakenRun | undefined> {
  const run = await store.run(id);
  if (run === undefined) throw new Error(`run ${id} is not in the store`);
  const { zone, checksHash } = run;
  const judgement = await store.judgement(id);
  const inventory = await store.inventory(id);
  const targets = await store.targets(id);
  const findings = await store.findings(judgement.id);
  const partial = run.kind === 'partial' ? concernsOf(partialOf(await store.settings(id))) : undefined;
  const verification = run.kind === 'verification' ? verificationOf(await store.settings(id)) : undefined;
  let brought: TakenRun | undefined;
  await store.track.change(async (reader) => {
    // Another process may have been quicker.
    if ((await reader.runs()).includes(id)) return undefined;
    const lives = new Map<string, Life>((await reader.lives(zone)).map((life) => [life.id, life]));
    const old = new Map(lives);
    const intake = {
      run: id,
      zone,
      at,
      judgement: judgement.id,
      checksHash,
      checks: judgement.lawbook.checks,
      inventory,
      targets,
      findings,
      before: await reader.places(zone),
      settings: settingsOf(inventory.conventions?.sightings),
    };
    const taken =
      partial !== undefined
        ? takeInPartial(lives, intake, ({ system, target: key }) => partial({ system, key }))
        : verification === undefined
          ? takeIn(lives, intake)
          : takeInVerification(lives, { ...intake, targets: verification.places }, new Set(verification.findings));
    brought = { at, lives, seen: seenIn(taken.sightings) };
    return {
      records: sealEntries(await reader.head(), taken.entries),
      lives: [...lives.values()].filter((life) => old.get(life.id) !== life),
      sightings: { run: id, seen: taken.sightings },
      places: { zone, known: taken.places },
    };
  });
  return brought;
}

type Given = {
  readonly open?: number;
  readonly close?: number;
  readonly unseen?: number;
  readonly apartHours?: number;
};

function settingsOf(given: Given = {}): TrackSettings & Required<Pick<TrackSettings, 'apartHours'>> {
  return {
    openAfter: given.open ?? defaultSettings.openAfter,
    closeAfter: given.close ?? defaultSettings.closeAfter,
    unseenAfter: given.unseen ?? defaultSettings.unseenAfter,
    apartHours: given.apartHours ?? defaultApartHours,
  };
}
