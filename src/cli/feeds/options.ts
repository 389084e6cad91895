import { InvalidArgumentError, Option } from 'commander';
import { isDay } from '../../model/day.ts';
import { feedNames, type FeedName } from '../../model/feed.ts';
import type { Output } from '../output.ts';

export const settingsOption = ({ say }: Output) => new Option('--settings <file>', say('feeds.help.settings'));
export const keyOption = ({ say }: Output) => new Option('--key <file>', say('feeds.help.key'));
export const unsignedOption = ({ say }: Output) => new Option('--unsigned', say('feeds.help.unsigned'));
export const olderOption = ({ say }: Output) => new Option('--allow-older', say('feeds.help.allow-older'));

/** Parses the name of a feed, adding it to those given before. */
export function feedName(value: string, before: readonly FeedName[] = []): readonly FeedName[] {
  const name = feedNames.find((one) => one === value);
  if (name === undefined) throw new InvalidArgumentError(value);
  return [...before, name];
}

/** Parses a day `YYYY-MM-DD` into its first instant. */
export function day(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError(value);
  return `${value}T00:00:00.000Z`;
}
