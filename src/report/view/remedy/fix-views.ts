import { platforms, type Platform } from '../../../model/check.ts';
import type { Target } from '../../../model/target.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import { compare } from '../report-index.ts';
import { gravity } from '../actions.ts';
import type { Place } from './commands.ts';
import { mergeFixes, type FixStep } from './merge-fixes.ts';

/** What to do on one kind of server, for all checks of a change. */
export type FixView = {
  readonly platform: Platform;
  /** Null for `any`: it is said of no server. */
  readonly word: Message | null;
  /** Really seen at so many places; 0: not seen, shown because no server was told. */
  readonly places: number;
  readonly seen: boolean;
  readonly steps: readonly FixStep[];
  readonly apart: readonly (FixStep & { readonly title: Text })[];
};

/** Stands for the owner's own name in the lines of checks. */
const exampleName = 'ten-mien.example';

/**
 * Fixes by server: for each place those of the server that was really seen there, else what holds for any; where
 * nothing is said for any, every server's, for the owner to choose. `seen` tells the servers at a target.
 */
export function fixViews(places: readonly Place[], seen: (target: Target) => readonly Platform[]): readonly FixView[] {
  const by = new Map<Platform, { readonly really: boolean; readonly places: Place[] }>();
  const put = (platform: Platform, really: boolean, place: Place) => {
    const of = by.get(platform) ?? { really, places: [] };
    by.set(platform, { really: of.really || really, places: [...of.places, place] });
  };
  for (const place of places) {
    const { fix } = place.check;
    const fitting = seen(place.target).filter((platform) => fix[platform] !== undefined);
    if (fitting.length > 0) for (const platform of fitting) put(platform, true, place);
    else if (fix.any !== undefined) put('any', true, place);
    else for (const platform of platforms) if (fix[platform] !== undefined) put(platform, false, place);
  }
  return [...by]
    .toSorted(
      ([a, one], [b, two]) =>
        Number(two.really) - Number(one.really) || two.places.length - one.places.length || compare(a, b),
    )
    .map(([platform, of]) => fixView(platform, of.really, of.places));
}

function fixView(platform: Platform, really: boolean, places: readonly Place[]): FixView {
  const checks = new Map(places.map(({ check }) => [check.id, check]));
  const gravest = [...checks.values()].toSorted(
    (a, b) => gravity(a.severity) - gravity(b.severity) || compare(a.id, b.id),
  );
  const merged = mergeFixes(
    gravest.flatMap(({ title, fix }) => {
      const text = fix[platform];
      return text === undefined ? [] : [{ title, text }];
    }),
  );
  const name = onlyName(places);
  const named = <T extends FixStep>(step: T): T => ({
    ...step,
    code: step.code === null ? null : withName(step.code, name),
  });
  return {
    platform,
    word: platform === 'any' ? null : message(`words.platform.${platform}`),
    places: new Set(places.map(({ target }) => target.key)).size,
    seen: really,
    steps: merged.steps.map(named),
    apart: merged.apart.map(named),
  };
}

/** The one name that all places have, when a configuration can hold it as it is. */
function onlyName(places: readonly Place[]): string | undefined {
  const names = new Set(places.map(({ target }) => target.name?.toLowerCase()));
  const [name] = names;
  return names.size === 1 && name !== undefined && /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/.test(name)
    ? name
    : undefined;
}

function withName(code: Text, name: string | undefined): Text {
  if (name === undefined) return code;
  return { vi: code.vi.replaceAll(exampleName, name), en: code.en.replaceAll(exampleName, name) };
}
