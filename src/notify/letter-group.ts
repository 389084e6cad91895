import { severities } from '../model/check.ts';
import type { DigestInput, DigestItem } from './digest-types.ts';
import { placeOf, plain } from './plain.ts';
import { dueWords, textOf, type Words } from './words.ts';

/** One change that mends some findings of a system, in the words of a letter. */
export type LetterGroup = {
  readonly title: string;
  readonly facts: readonly string[];
  readonly checks: readonly string[];
  /** Where; nothing for who only watches. */
  readonly places: readonly string[];
  readonly fix?: string;
};

const mostPlaces = 10;
const mostChecks = 6;

/** The findings of one section and one system by the change that mends them, the gravest and most late first. */
export function groupsOf(words: Words, items: readonly DigestItem[], { checks }: DigestInput): readonly LetterGroup[] {
  const rank = ({ finding }: DigestItem) => severities.indexOf(finding.life.severity);
  const sorted = [...items].sort((a, b) => rank(a) - rank(b) || b.finding.daysLate - a.finding.daysLate);
  const byChange = Map.groupBy(sorted, ({ finding }) => checks.get(finding.life.check)?.change ?? finding.life.check);
  return [...byChange].map(([change, group]) => groupOf(words, change, group, checks));
}

function groupOf(
  words: Words,
  change: string,
  group: readonly DigestItem[],
  checks: DigestInput['checks'],
): LetterGroup {
  const { say, has } = words;
  const ids = [...new Set(group.map(({ finding }) => finding.life.check))];
  const titles = ids.map((id) => {
    const check = checks.get(id);
    return check === undefined ? plain(id) : textOf(words, check.title);
  });
  const key = `words.change.${change}`;
  const fix = checks.get(ids[0] ?? '')?.fix.any;
  const places = [...new Set(group.map(({ finding }) => placeOf(finding.life.target)))];
  const operates = group.every(({ role }) => role === 'operate');
  const mends = operates && group.every(({ section }) => section !== 'fixed' && section !== 'lapsing');
  const title = has(key) ? say(key) : (titles[0] ?? plain(change));
  return {
    title,
    facts: factsOf(words, group),
    checks: cut(titles.length === 1 && titles[0] === title ? [] : titles, mostChecks, (count) =>
      say('notify.group.more', { count }),
    ),
    places: operates ? cut(places, mostPlaces, (count) => say('notify.group.more', { count })) : [],
    ...(mends && fix !== undefined ? { fix: textOf(words, fix) } : {}),
  };
}

function factsOf(words: Words, group: readonly DigestItem[]): readonly string[] {
  const { say } = words;
  const [gravest] = group;
  if (gravest === undefined) return [];
  const news = Map.groupBy(group, (item) => item.news);
  const dues = group.flatMap(({ finding }) => (finding.due === undefined ? [] : [{ finding, due: finding.due }]));
  const due = dues.sort((a, b) => (a.due.on < b.due.on ? -1 : 1))[0];
  const until = group.flatMap(({ finding }) => finding.asideUntil ?? []).sort()[0];
  const closed = gravest.section === 'fixed' || gravest.section === 'lapsing';
  return [
    say(`words.severity.${gravest.finding.life.severity}`),
    say('notify.group.findings', { count: group.length }),
    ...(['new', 'reopened', 'refuted', 'lapsed', 'back'] as const).flatMap((kind) => {
      const count = news.get(kind)?.length ?? 0;
      return count === 0 ? [] : [say(`notify.news.${kind}`, { count })];
    }),
    ...(gravest.section === 'lapsing' && until !== undefined
      ? [say('notify.group.until', { day: until.split('-').toReversed().join('/') })]
      : []),
    ...(closed || due === undefined ? [] : [dueWords(words, due.due, due.finding.daysLate)]),
    say('notify.group.ids', { ids: codes(words, group) }),
  ];
}

/** The ids by which an owner answers, as long as `rasoat track` shows them. */
function codes({ say }: Words, group: readonly DigestItem[]): string {
  const ids = group.map(({ finding }) => finding.life.id.slice(0, 8));
  return cut(ids, 12, (count) => say('notify.group.more', { count })).join(', ');
}

function cut(all: readonly string[], most: number, more: (count: number) => string): readonly string[] {
  return all.length <= most ? all : [...all.slice(0, most), more(all.length - most)];
}
