import { dayMs } from '../../model/day.ts';
import { feedNames, staleness, type FeedName, type FeedState } from '../../model/feed.ts';
import { exitCodes } from '../exit-codes.ts';
import { feedsOption, jsonOption } from '../options.ts';
import type { Output } from '../output.ts';
import { safeJson } from '../safe-text.ts';
import { settingsOption } from './options.ts';
import type { FeedsWiring } from './wiring.ts';

type Options = { feeds?: string; settings?: string; json?: boolean };

/** `rasoat feeds list`: what is here, of what day, and whether it still decides. */
export function addList({ feeds, output, run, folderOf }: FeedsWiring): void {
  feeds
    .command('list')
    .description(output.say('feeds.list.about'))
    .addOption(feedsOption(output))
    .addOption(settingsOption(output))
    .addOption(jsonOption(output))
    .action(
      run(async (options: Options) => {
        const { readState } = await import('../../feeds/folder.ts');
        const { statesOf } = await import('../../feeds/open.ts');
        const { readSettings } = await import('../../feeds/settings.ts');
        const folder = folderOf(options);
        const states = statesOf(readState(folder));
        const { days } = await readSettings(folder, options.settings);
        const now = new Date().toISOString();
        if (options.json !== true) output.note(output.say('feeds.list.folder', { folder }));
        for (const feed of feedNames) {
          const state = states[feed];
          const line = { feed, limitDays: days[feed], ...standing(feed, state, days[feed], now) };
          if (options.json === true) output.line(safeJson({ ...line, ...state }));
          else output.line(describeFeed(output, feed, state, days[feed], now));
        }
        return exitCodes.allMet;
      }),
    );
}

function standing(feed: FeedName, state: FeedState | undefined, limit: number, now: string) {
  if (state === undefined) return { here: false };
  return { here: true, ageDays: ageOf(state, now), fresh: staleness(feed, state.date, now, limit) === undefined };
}

function ageOf({ date }: FeedState, now: string): number {
  return Math.max(0, Math.floor((Date.parse(now) - Date.parse(date)) / dayMs));
}

/** One line about one feed: mark, name, day, age, entries, and what is wrong with it. */
function describeFeed(
  { say, colors }: Output,
  feed: FeedName,
  state: FeedState | undefined,
  limit: number,
  now: string,
): string {
  const title = `${feed.padEnd(14)} ${say(`feeds.name.${feed}`)}`;
  if (state === undefined) return `◌ ${title}: ${colors.dim(say('feeds.list.none'))}`;
  const days = ageOf(state, now);
  const facts = say('feeds.list.facts', { date: state.date.slice(0, 10), days, entries: state.entries });
  const old = staleness(feed, state.date, now, limit) !== undefined;
  const remarks = [
    ...(old ? [colors.yellow(say('feeds.list.old', { limit }))] : []),
    ...(state.complete ? [] : [colors.yellow(say('feeds.list.incomplete'))]),
    ...(state.dateFrom === 'content' ? [] : [say(`feeds.list.date-${state.dateFrom}`)]),
  ];
  return `${old ? '◌' : '●'} ${[`${title}: ${facts}`, ...remarks].join('; ')}`;
}
