import type { Output } from './output.ts';
import { safeText } from './safe-text.ts';

/** Names told of many. */
const most = 5;

/** What `fleet.scan.unresolved` speaks of: names of a zone's targets that whoever began the run could not resolve. */
export function unresolvedWords(zone: string, names: readonly string[]): NonNullable<Parameters<Output['say']>[1]> {
  const some = names.slice(0, most).map((name) => safeText(name));
  return { zone: safeText(zone), count: names.length, names: some.join(', ') };
}
