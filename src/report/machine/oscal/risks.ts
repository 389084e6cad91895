import type { TrackState } from '../../../model/track/state.ts';
import type { FindingEntry } from '../ledger.ts';
import { reasonOf } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import type { Ids } from './ids.ts';
import { origins } from './observations.ts';
import { namespace, props } from './props.ts';
import { line, quoted, string } from './text.ts';

type Json = Readonly<Record<string, unknown>>;

/** The tracker's id, which outlives a new address; else what was looked at, which outlives the run. */
export function riskId({ life, place }: FindingEntry): string {
  return life?.id ?? place;
}

const underWay: ReadonlySet<TrackState> = new Set<TrackState>(['in-progress', 'claimed-fixed']);

/** One failure as a risk: open until mended, a deviation approved where somebody accepted it until a day. */
export function risk(entry: FindingEntry, ids: Ids, tell: Tell): Json {
  const { finding, check, life, aside, place } = entry;
  const status =
    aside !== null ? 'deviation-approved' : life !== null && underWay.has(life.state) ? 'remediating' : 'open';
  return {
    uuid: ids.risk(riskId(entry)),
    title: line(tell.text(check.title)),
    description: quoted(reasonOf(entry, tell), tell),
    statement: line(tell.text(check.why)),
    ...props(
      {
        check: finding.check,
        state: life?.state ?? null,
        'first-seen': life?.firstSeen ?? null,
        'days-late': life?.due === null || life === null ? null : life.daysLate,
        'due-rule': life?.due?.rule ?? null,
        'due-instrument': life?.due?.instrument ?? null,
        'set-aside': aside?.as ?? null,
        'set-aside-until': aside?.until ?? null,
        'set-aside-reason': aside?.reason ?? null,
        'set-aside-document': aside?.document ?? null,
      },
      tell,
    ),
    links: [
      { href: `#${ids.fix(finding.check)}`, rel: 'reference', text: string(tell.say('machine.oscal.fix'), tell) },
    ],
    status,
    origins: origins(ids, finding.system),
    characterizations: [
      {
        origin: { actors: [{ type: 'tool', 'actor-uuid': ids.tool(finding.system) }] },
        facets: [{ name: 'severity', system: namespace, value: finding.severity }],
      },
    ],
    // The last moment of the day in Viet Nam.
    ...(life?.due === null || life?.due === undefined ? {} : { deadline: `${life.due.on}T23:59:59+07:00` }),
    'related-observations': [{ 'observation-uuid': ids.observation(place) }],
  };
}
