import type { System } from '../../model/inventory.ts';
import type { ReportData } from '../../model/report-data.ts';
import type { ReportTrack } from '../../model/track/report-track.ts';
import { withoutOthers } from '../own-data.ts';
import { tallyOf } from '../../model/track/tally.ts';

/** A report's data without the systems that no file may name, and how many those are. */
export type Listed = { readonly data: ReportData; readonly withheld: number };

/**
 * Leaves out excluded systems (quân sự, quốc phòng, cơ yếu) and those that hold state secrets, with a permit or without: their
 * hosts, findings, obligations and levels. It is done before anything is counted or written, so that no form can tell
 * them by a slip of its own. Totals of what the scan sent stay those of the run. Pure.
 */
export function listed(data: ReportData): Listed {
  const systems = data.inventory.systems.filter((system) => !isWithheld(system));
  const ids = new Set(systems.map(({ id }) => id));
  const has = ({ system }: { readonly system: string }) => ids.has(system);
  const targets = data.targets.filter(has);
  const keys = new Set(targets.map(({ key }) => key));
  const addresses = new Set(targets.flatMap(({ address }) => address ?? []));
  const foreign = foreignTo(data, keys);
  const track = data.track;
  return {
    withheld: data.inventory.systems.length - systems.length,
    data: {
      ...data,
      inventory: { ...data.inventory, systems },
      targets,
      observations: data.observations.filter(({ target }) => keys.has(target)),
      findings: data.findings.filter(has).map((finding) => withoutOthers(finding, foreign)),
      assessments: data.assessments.filter(has),
      costs: data.costs.map((cost) => (addresses.has(cost.address) ? cost : { ...cost, address: '' })),
      ...(data.software === undefined ? {} : { software: data.software.filter(({ target }) => keys.has(target)) }),
      ...(data.levels === undefined ? {} : { levels: data.levels.filter(has) }),
      ...(data.layers === undefined ? {} : { layers: data.layers.filter(has) }),
      ...(data.tasks === undefined
        ? {}
        : {
            tasks: {
              ...data.tasks,
              items: data.tasks.items.filter(({ subject }) => subject.kind !== 'system' || ids.has(subject.system)),
            },
          }),
      ...(track === undefined ? {} : { track: listedTrack(track, ids) }),
    },
  };
}

/** Names of targets that are not listed, as evidence may hold them. */
function foreignTo({ targets }: ReportData, listedKeys: ReadonlySet<string>): (text: string) => boolean {
  const withheld = new Set(targets.flatMap(({ key }) => (listedKeys.has(key) ? [] : key)));
  return (text) => withheld.has(text);
}

function listedTrack(track: ReportTrack, ids: ReadonlySet<string>): ReportTrack {
  const findings = track.findings.filter(({ life }) => ids.has(life.system));
  return {
    ...track,
    findings,
    tasks: track.tasks.filter(({ system }) => ids.has(system)),
    tally: tallyOf(findings, track.day),
  };
}

function isWithheld({ excluded, stateSecret, classification }: System): boolean {
  return (
    excluded !== undefined ||
    stateSecret === true ||
    classification?.facts?.information?.includes('bi-mat-nha-nuoc') === true
  );
}
