import type { StandingGroup } from '../../model/control.ts';
import { standingGroups } from '../../model/control.ts';
import { message, type Message } from '../../model/text.ts';
import { nameOf, type Name } from './name.ts';
import type { ReportIndex } from './report-index.ts';

/** Whether the run read servers of our own as what they are: a few words a family, and what was withheld where it did not. */
export type ControlsView = {
  readonly zone: Name;
  /** Empty where no control was read at all: nothing vouches for the run. */
  readonly groups: readonly {
    readonly tone: 'met' | 'not-met' | 'unproven';
    readonly word: Message;
    readonly family: Message;
    readonly kinds: readonly Message[];
  }[];
  /** Verdicts of this report that became not observed because of it. */
  readonly withheld: number;
};

/** Null where nothing is known of controls. */
export function controls({ data }: ReportIndex): ControlsView | null {
  if (data.controls === undefined) return null;
  const { standings } = data.controls;
  const zone = data.inventory.zones.find(({ id }) => id === data.run.zone);
  const read = standings.some(({ state }) => state !== 'none');
  return {
    zone: zone === undefined ? { vi: data.run.zone, en: null } : nameOf(zone),
    groups: !read ? [] : standingGroups(standings).map(groupView),
    withheld: data.findings.filter(({ cause }) => cause?.failure.code === 'control').length,
  };
}

function groupView({ family, state, kinds }: StandingGroup): ControlsView['groups'][number] {
  return {
    tone: state === 'right' ? 'met' : state === 'none' ? 'unproven' : 'not-met',
    word: message(`controls.word.${state}`),
    family: message(`controls.family.${String(family ?? 'name')}`),
    kinds: kinds.map((kind) => message(`words.kind.${kind}`)),
  };
}
