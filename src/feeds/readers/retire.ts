import { eachJsonValue } from '../json-stream.ts';
import { asCve, asList, asObject, asText, field } from '../plain.ts';
import type { FeedReader } from '../reader.ts';
import { refuse } from '../refuse.ts';

/** One vulnerability of a JavaScript library as the feed tells it. */
export type RetireRow = {
  readonly ids: readonly string[];
  readonly summary: string;
  readonly severity: string;
  readonly atOrAbove?: string;
  readonly below?: string;
  readonly excludes: readonly string[];
};

/**
 * The retire.js repository, v5 and v6 (`jsrepository-v5.json`): component, then `vulnerabilities[]` of `atOrAbove`, `below`,
 * `excludes`, `severity`, `identifiers`; `npmname` where the package has another name. Its extractors are not taken. It tells
 * no date of its own.
 */
export const retireReader: FeedReader = {
  version: 1,
  tables:
    'CREATE TABLE retire (component TEXT PRIMARY KEY, npm TEXT NOT NULL, vulnerabilities TEXT NOT NULL) WITHOUT ROWID',
  indexes: 'CREATE INDEX retire_npm ON retire (npm)',
  read: async (sources, database) => {
    const insert = database.prepare('INSERT OR REPLACE INTO retire VALUES (?, ?, ?)');
    let entries = 0;
    for (const { name, bytes } of sources) {
      let seen = 0;
      await eachJsonValue(bytes(), name, ['$.*'], (value, [key]) => {
        const component = String(key ?? '').toLowerCase();
        const given = asObject(value)?.['vulnerabilities'];
        if (!Array.isArray(given)) return refuse(name, 'bad-entry', { at: component });
        const rows = asList(given).map(
          (one, index) => rowOf(one) ?? refuse(name, 'bad-entry', { at: `${component}/${index}` }),
        );
        const npm = (asText(field(value, 'npmname'), 100) ?? component).toLowerCase();
        seen += rows.length;
        // The repository's own specimen, which no page carries.
        if (component !== 'retire-example') insert.run(component.slice(0, 100), npm, JSON.stringify(rows));
      });
      if (seen === 0) refuse(name, 'empty');
      entries += seen;
    }
    return { entries, complete: true };
  },
};

function rowOf(value: unknown): RetireRow | undefined {
  const below = asText(field(value, 'below'), 60);
  const atOrAbove = asText(field(value, 'atOrAbove'), 60);
  if (below === undefined && atOrAbove === undefined) return undefined;
  const identifiers = field(value, 'identifiers');
  const cves = asList(field(identifiers, 'CVE')).flatMap((one) => asCve(one) ?? []);
  const advisory = asText(field(identifiers, 'githubID'), 40);
  return {
    ids: cves.length > 0 ? cves : advisory === undefined ? [] : [advisory],
    summary: (asText(field(identifiers, 'summary'), 400) ?? '').replace(/\s+/g, ' '),
    severity: asText(field(value, 'severity'), 20) ?? '',
    excludes: asList(field(value, 'excludes')).flatMap((one) => asText(one, 60) ?? []),
    ...(atOrAbove === undefined ? {} : { atOrAbove }),
    ...(below === undefined ? {} : { below }),
  };
}
