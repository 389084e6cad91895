import type { Platform } from '../../../model/check.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Target } from '../../../model/target.ts';
import { platformsSeen } from '../platform.ts';
import { groupBy, type SystemFile } from '../report-index.ts';

const webServers: ReadonlySet<Platform> = new Set(['nginx', 'apache', 'iis', 'tomcat', 'liferay']);
const mailServers: ReadonlySet<Platform> = new Set(['postfix', 'exchange']);

/**
 * Tells the platforms that were really seen at a target, as far as a fix there concerns them. A TLS service of a host is
 * told by what answers on its port. Where a web server was seen at a web address, the operating system under it is
 * not what has to be changed.
 */
export function serversSeen(file: SystemFile): (target: Target) => readonly Platform[] {
  const software = file.observations.filter(({ kind }) => kind === 'software');
  const byTarget = groupBy(software, ({ target }) => target);
  const keys = new Map(file.targets.map((target) => [target.key, target]));
  return (target) => {
    const own = byTarget.get(target.key);
    const seen = platformsSeen(own ?? neighbours(target, software, keys));
    if (target.kind === 'web') return narrowed(seen, webServers);
    return target.startTls === 'smtp' || target.kind === 'mail' ? narrowed(seen, mailServers) : seen;
  };
}

function narrowed(seen: readonly Platform[], to: ReadonlySet<Platform>): readonly Platform[] {
  const fitting = seen.filter((platform) => to.has(platform));
  return fitting.length > 0 ? fitting : seen;
}

/** What was told on the target's port by other looks at the same address. */
function neighbours(
  { address, port }: Target,
  software: readonly Observation[],
  targets: ReadonlyMap<string, Target>,
): readonly Observation[] {
  if (address === undefined || port === undefined) return [];
  return software.flatMap((one): Observation[] => {
    if (one.kind !== 'software' || !one.ok || targets.get(one.target)?.address !== address) return [];
    return [{ ...one, facts: { ...one.facts, items: one.facts.items.filter((item) => item.port === port) } }];
  });
}
