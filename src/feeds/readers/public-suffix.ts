import { linesOf } from '../bytes.ts';
import { asInstant } from '../plain.ts';
import { oldest, type FeedReader } from '../reader.ts';
import { refuse } from '../refuse.ts';

/**
 * Mozilla's public suffix list: one rule a line between the marks of its sections, `//` before remarks
 * (github.com/publicsuffix/list/wiki/Format); `// VERSION: 2025-08-25_10-00-00_UTC` tells its date.
 */
export const publicSuffixReader: FeedReader = {
  version: 1,
  tables: 'CREATE TABLE suffix (rule TEXT PRIMARY KEY, section TEXT NOT NULL) WITHOUT ROWID',
  indexes: '',
  read: async (sources, database) => {
    const insert = database.prepare('INSERT OR IGNORE INTO suffix VALUES (?, ?)');
    const dates: string[] = [];
    let entries = 0;
    for (const { name, bytes } of sources) {
      let section: 'icann' | 'private' | undefined;
      const ended = new Set<string>();
      for await (const line of linesOf(bytes())) {
        const mark = /^\/\/ ===(BEGIN|END) (ICANN|PRIVATE) DOMAINS===/.exec(line);
        const version = /^\/\/ VERSION: (\d{4}-\d{2}-\d{2})/.exec(line)?.[1];
        const date = asInstant(version);
        if (date !== undefined) dates.push(date);
        if (mark !== null) {
          section = mark[1] === 'BEGIN' ? (mark[2] === 'ICANN' ? 'icann' : 'private') : undefined;
          if (mark[1] === 'END') ended.add(mark[2] ?? '');
        } else if (section !== undefined && line.trim() !== '' && !line.startsWith('//')) {
          const rule = line.trim().split(/\s/)[0] ?? '';
          if (rule.length > 253) refuse(name, 'bad-entry', { at: rule.slice(0, 40) });
          insert.run(rule.toLowerCase(), section);
          entries += 1;
        }
      }
      if (!ended.has('ICANN') || section !== undefined) refuse(name, 'truncated');
    }
    if (entries === 0) refuse(sources[0]?.name ?? '', 'empty');
    const date = oldest(dates);
    return { entries, complete: true, ...(date === undefined ? {} : { date }) };
  },
};
