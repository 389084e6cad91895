import { asCve, asInstant } from '../plain.ts';
import { linesOf } from '../bytes.ts';
import { oldest, type FeedReader } from '../reader.ts';
import { refuse } from '../refuse.ts';

/**
 * FIRST's EPSS scores, CSV: `#model_version:v2025.03.14,score_date:2025-08-25T12:55:00Z`, then a line of column names that
 * holds `cve,epss,percentile`, then one vulnerability a line.
 */
export const epssReader: FeedReader = {
  version: 1,
  tables: 'CREATE TABLE epss (cve TEXT PRIMARY KEY, score REAL NOT NULL, percentile REAL NOT NULL) WITHOUT ROWID',
  indexes: '',
  read: async (sources, database) => {
    const insert = database.prepare('INSERT OR REPLACE INTO epss VALUES (?, ?, ?)');
    const dates: string[] = [];
    let entries = 0;
    for (const { name, bytes } of sources) {
      let columns: readonly number[] | undefined;
      let number = 0;
      let seen = 0;
      for await (const line of linesOf(bytes())) {
        number += 1;
        if (number === 1) dates.push(dateOf(line) ?? refuse(name, 'bad-line', { line: number }));
        else if (columns === undefined) columns = columnsOf(line) ?? refuse(name, 'bad-line', { line: number });
        else if (line !== '') {
          const cells = line.split(',');
          const [cve, score, percentile] = columns.map((at) => cells[at]);
          const id = asCve(cve);
          if (id === undefined || !isShare(score) || !isShare(percentile))
            return refuse(name, 'bad-line', { line: number });
          insert.run(id, Number(score), Number(percentile));
          seen += 1;
        }
      }
      if (seen === 0) refuse(name, 'empty');
      entries += seen;
    }
    const date = oldest(dates);
    return { entries, complete: true, ...(date === undefined ? {} : { date }) };
  },
};

function dateOf(line: string): string | undefined {
  if (!line.startsWith('#model_version:')) return undefined;
  const said = line.split(',').find((part) => part.startsWith('score_date:'));
  return asInstant(said?.slice('score_date:'.length).trim());
}

function columnsOf(line: string): readonly number[] | undefined {
  const names = line.split(',').map((cell) => cell.trim());
  const places = ['cve', 'epss', 'percentile'].map((one) => names.indexOf(one));
  return places.includes(-1) ? undefined : places;
}

/** A number from 0 to 1, as EPSS writes them. */
function isShare(text: string | undefined): boolean {
  return text !== undefined && /^(0(\.\d{1,12})?|1(\.0{1,12})?|\d(\.\d{1,12})?e-\d{1,3})$/i.test(text.trim());
}
