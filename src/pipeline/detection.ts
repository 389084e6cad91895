import { detectionOf } from '../assess/detection/outcome.ts';
import { markerOf, type DetectionSettings, type SentMarker, type SystemDetection } from '../model/detection.ts';
import type { Run } from '../model/run.ts';
import type { Store } from '../store/types.ts';

/** Every marker of a run and what became of it, in the order of the targets; empty where no check was made. */
export async function markersOf(store: Store, run: string): Promise<readonly SentMarker[]> {
  const { detection } = (await store.settings(run)) as { readonly detection?: DetectionSettings };
  if (detection === undefined) return [];
  const sent = new Map<string, Pick<SentMarker, 'delivery' | 'sentAt' | 'url'>>();
  for await (const page of store.observationPages(run, 'http')) {
    for (const observation of page) {
      if (observation.kind !== 'http' || !observation.ok || observation.facts.detection === undefined) continue;
      const { delivery, sentAt, url } = observation.facts.detection;
      sent.set(observation.target, { delivery, url, ...(sentAt === undefined ? {} : { sentAt }) });
    }
  }
  const targets = (await store.targets(run)).filter(({ kind }) => kind === 'web');
  return targets.map(({ key, system }) => ({
    run,
    system,
    target: key,
    marker: markerOf(detection, run, key),
    ...(sent.get(key) ?? { delivery: 'not-sent' as const }),
  }));
}

/** What monitoring noticed of a run, system by system; empty where no check was made. */
export async function detectionOfRun(store: Store, run: string): Promise<readonly SystemDetection[]> {
  const markers = await markersOf(store, run);
  if (markers.length === 0) return [];
  return detectionOf(markers, await store.sightings(run), await store.detectionReturns(run));
}

/**
 * The newest run that made a detection check and began no later than `until`: one that is preferred, where there is any.
 */
export async function lastDetectionRun(
  store: Store,
  until?: string,
  isPreferred: (run: Run) => Promise<boolean> = () => Promise.resolve(true),
): Promise<Run | undefined> {
  let newest: Run | undefined;
  for (const run of await store.runs()) {
    if (until !== undefined && run.startedAt > until) continue;
    if ((await store.settings(run.id))['detection'] === undefined) continue;
    if (await isPreferred(run)) return run;
    newest ??= run;
  }
  return newest;
}
