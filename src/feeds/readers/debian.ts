import { eachJsonValue } from '../json-stream.ts';
import { asObject, asText } from '../plain.ts';
import type { FeedReader } from '../reader.ts';
import { refuse } from '../refuse.ts';

const statuses: ReadonlySet<unknown> = new Set(['resolved', 'open', 'undetermined']);

/**
 * Debian's security tracker, `data/json`: source package, then CVE, then `releases` by code name of `status` (resolved, open,
 * undetermined), `fixed_version` (`0`: never affected), `repositories` (the version in the release), `urgency`. It tells no
 * date of its own.
 */
export const debianReader: FeedReader = {
  version: 1,
  tables: `CREATE TABLE debian (package TEXT NOT NULL, release TEXT NOT NULL, cve TEXT NOT NULL, status TEXT NOT NULL,
    fixed TEXT, current TEXT, urgency TEXT, PRIMARY KEY (package, release, cve)) WITHOUT ROWID`,
  indexes: '',
  read: async (sources, database) => {
    const insert = database.prepare('INSERT OR REPLACE INTO debian VALUES (?, ?, ?, ?, ?, ?, ?)');
    let entries = 0;
    for (const { name, bytes } of sources) {
      let seen = 0;
      await eachJsonValue(bytes(), name, ['$.*.*'], (value, [source, id]) => {
        const issue = String(id ?? '');
        const releases = asObject(asObject(value)?.['releases']);
        if (releases === undefined) return refuse(name, 'bad-entry', { at: `${source ?? ''}/${issue}` });
        // Entries without a CVE yet (`TEMP-...`) are kept under that name.
        for (const [release, body] of Object.entries(releases)) {
          const one = asObject(body) ?? {};
          if (!statuses.has(one['status']))
            return refuse(name, 'bad-entry', { at: `${source ?? ''}/${issue}/${release}` });
          insert.run(
            String(source ?? '').slice(0, 100),
            release.slice(0, 40),
            issue.slice(0, 40),
            String(one['status']),
            asText(one['fixed_version'], 100) ?? null,
            asText(asObject(one['repositories'])?.[release], 100) ?? null,
            asText(one['urgency'], 40) ?? null,
          );
        }
        seen += 1;
      });
      if (seen === 0) refuse(name, 'empty');
      entries += seen;
    }
    return { entries, complete: true };
  },
};
