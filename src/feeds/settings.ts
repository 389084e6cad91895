import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { defaultFeedDays, feedNames, type FeedDays, type FeedName } from '../model/feed.ts';
import { packageRoot } from '../model/package-root.ts';
import { closed, list, text } from '../model/schema.ts';
import { readYamlFile } from './yaml-file.ts';
import { borderOf } from '../model/border.ts';

const address = text(500, { pattern: '^https?://[^\\s]+$' });
const byFeed = <T extends Parameters<typeof Type.Optional>[0]>(value: T) =>
  Type.Partial(Type.Object(Object.fromEntries(feedNames.map((name) => [name, value])) as Record<FeedName, T>, closed));

/** `settings.yaml`: everything may be left out. */
const settingsSchema = Type.Object(
  {
    sources: Type.Optional(byFeed(list(address, 200))),
    /** Days after which a feed no longer decides. */
    days: Type.Optional(byFeed(Type.Integer({ minimum: 1, maximum: 3650 }))),
    /** HTTP proxy of `feeds update`; absent: HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment. */
    proxy: Type.Optional(address),
    /** PEM file of the public key that bundles must be signed by; relative to the settings file's folder. */
    key: Type.Optional(text(1000, { minLength: 1 })),
    /** Seconds that one download may take, and megabytes that it may bring. */
    seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
    megabytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 4000 })),
  },
  closed,
);
type SettingsFile = Static<typeof settingsSchema>;
const validate = borderOf<SettingsFile>(settingsSchema, { allErrors: true });

const ownSettings = new URL('src/feeds/sources.yaml', packageRoot);

export type Settings = {
  readonly sources: Readonly<Partial<Record<FeedName, readonly string[]>>>;
  readonly days: FeedDays;
  readonly proxy?: string;
  readonly key?: string;
  readonly seconds: number;
  readonly megabytes: number;
};

/** Our settings, overlaid by the file given, else by `settings.yaml` in the feeds folder. Throws UserError with every problem. */
export async function readSettings(folder: string, asked?: string): Promise<Settings> {
  const own = await readYamlFile(ownSettings, validate);
  const file = asked ?? join(folder, 'settings.yaml');
  const theirs: SettingsFile = asked !== undefined || existsSync(file) ? await readYamlFile(file, validate) : {};
  return {
    sources: { ...own.sources, ...theirs.sources },
    days: { ...defaultFeedDays, ...theirs.days },
    ...(theirs.proxy === undefined ? {} : { proxy: theirs.proxy }),
    ...(theirs.key === undefined ? {} : { key: resolve(dirname(file), theirs.key) }),
    seconds: theirs.seconds ?? 1800,
    megabytes: theirs.megabytes ?? 2000,
  };
}
