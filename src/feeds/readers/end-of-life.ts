import type { ReleaseLine } from '../../model/reference.ts';
import { eachJsonValue } from '../json-stream.ts';
import { asDay, asInstant, asList, asText, field } from '../plain.ts';
import { oldest, type FeedReader } from '../reader.ts';
import { refuse } from '../refuse.ts';

const productName = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const cycleName = /^[0-9A-Za-z][0-9A-Za-z. -]{0,31}$/;

/**
 * endoflife.date: its API v1 `/products/full` (schema_version, generated_at, result[] of name, label, releases[] of name,
 * isEol, eolFrom), or the same facts as one object (`asOf`, `products` by name of `title`, `releases[]` of `cycle`, `eol`).
 * A line that is past its end without a date of it tells no day, and a line whose name is no version is none; both are left out.
 */
export const endOfLifeReader: FeedReader = {
  version: 1,
  tables: 'CREATE TABLE end_of_life (product TEXT PRIMARY KEY, title TEXT NOT NULL, lines TEXT NOT NULL) WITHOUT ROWID',
  indexes: '',
  read: async (sources, database) => {
    const insert = database.prepare('INSERT OR REPLACE INTO end_of_life VALUES (?, ?, ?)');
    const dates: string[] = [];
    let entries = 0;
    for (const { name, bytes } of sources) {
      let seen = 0;
      const paths = ['$.generated_at', '$.last_modified', '$.asOf', '$.result.*', '$.products.*'];
      await eachJsonValue(bytes(), name, paths, (value, [top = '', key]) => {
        if (top !== 'result' && top !== 'products') {
          const date = asInstant(value);
          if (date !== undefined) dates.push(date);
          return;
        }
        const product = asText(top === 'products' ? key : field(value, 'name'), 64) ?? '';
        const title = asText(field(value, 'label') ?? field(value, 'title'), 100) ?? '';
        const releases = field(value, 'releases');
        if (!productName.test(product) || title === '' || !Array.isArray(releases))
          return refuse(name, 'bad-entry', { at: `${top}/${key ?? ''}` });
        const lines = linesOf(asList(releases));
        seen += 1;
        if (lines.length > 0) insert.run(product, title, JSON.stringify(lines));
      });
      if (seen === 0) refuse(name, 'empty');
      entries += seen;
    }
    const date = oldest(dates);
    return { entries, complete: true, ...(date === undefined ? {} : { date }) };
  },
};

function linesOf(releases: readonly unknown[]): readonly ReleaseLine[] {
  const lines = new Map<string, ReleaseLine>();
  for (const release of releases.slice(0, 500)) {
    const cycle = asText(field(release, 'name') ?? field(release, 'cycle'), 33) ?? '';
    const endOfLife = endOf(release);
    if (cycleName.test(cycle) && endOfLife !== undefined && !lines.has(cycle.toLowerCase()))
      lines.set(cycle.toLowerCase(), { cycle, endOfLife });
  }
  return [...lines.values()];
}

/** The last day of support, null when none was announced, undefined when it is over and nobody says since when. */
function endOf(release: unknown): string | null | undefined {
  const said = field(release, 'eolFrom') ?? field(release, 'eol');
  const day = asDay(said);
  if (day !== undefined) return day;
  const over = said === true || field(release, 'isEol') === true;
  return over ? undefined : null;
}
