import { asCve, asDay, asInstant, asNumber, asObject, asText } from '../plain.ts';
import { eachJsonValue } from '../json-stream.ts';
import { oldest, type FeedReader } from '../reader.ts';
import { refuse } from '../refuse.ts';

/**
 * CISA's Known Exploited Vulnerabilities catalogue, JSON
 * (known_exploited_vulnerabilities_schema.json: title, catalogVersion, dateReleased, count, vulnerabilities[]).
 */
export const kevReader: FeedReader = {
  version: 1,
  tables: `CREATE TABLE kev (cve TEXT PRIMARY KEY, vendor TEXT NOT NULL, product TEXT NOT NULL, title TEXT NOT NULL,
    added TEXT NOT NULL, due TEXT NOT NULL, ransomware INTEGER NOT NULL, action TEXT NOT NULL) WITHOUT ROWID`,
  indexes: 'CREATE INDEX kev_product ON kev (vendor, product)',
  read: async (sources, database) => {
    const insert = database.prepare('INSERT OR REPLACE INTO kev VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    const dates: string[] = [];
    let entries = 0;
    for (const { name, bytes } of sources) {
      let count: number | undefined;
      let seen = 0;
      await eachJsonValue(
        bytes(),
        name,
        ['$.dateReleased', '$.count', '$.vulnerabilities.*'],
        (value, [top = '', index]) => {
          if (top === 'dateReleased') dates.push(asInstant(value) ?? refuse(name, 'bad-entry', { at: 'dateReleased' }));
          else if (top === 'count') count = asNumber(value);
          else {
            const one = asObject(value) ?? {};
            const id = asCve(one['cveID']);
            const added = asDay(one['dateAdded']);
            const due = asDay(one['dueDate']);
            if (id === undefined || added === undefined || due === undefined)
              return refuse(name, 'bad-entry', { at: `vulnerabilities/${index ?? 0}` });
            seen += 1;
            insert.run(
              id,
              kevName(asText(one['vendorProject'], 200) ?? ''),
              kevName(asText(one['product'], 200) ?? ''),
              asText(one['vulnerabilityName'], 300) ?? '',
              added,
              due,
              one['knownRansomwareCampaignUse'] === 'Known' ? 1 : 0,
              asText(one['requiredAction'], 1000) ?? '',
            );
          }
        },
      );
      if (seen === 0 || seen !== count) refuse(name, 'count', { said: count ?? 0, seen });
      entries += seen;
    }
    const date = oldest(dates);
    return { entries, complete: true, ...(date === undefined ? {} : { date }) };
  },
};

/** `HTTP Server` as the CPE dictionary would write it, `http_server`. */
function kevName(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, '_');
}
