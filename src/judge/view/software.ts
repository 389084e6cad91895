import { Type, type Static } from '@sinclair/typebox';
import type { SoftwareFacts, SoftwareItem } from '../../model/facts/software.ts';
import { softwareSources } from '../../model/facts/software.ts';
import { failure, type Failure } from '../../model/failure.ts';
import type { EndOfLifeTable } from '../../model/reference.ts';
import { closed, list, oneOf, portNumber, text } from '../../model/schema.ts';
import { distributionOf } from './distribution.ts';
import { packagedClasses, productClasses, productClassOf, type ProductClass } from './product-class.ts';
import { releaseLineOf } from './release-line.ts';
import type { Derived, ViewContext } from './view.ts';

const itemView = Type.Object(
  {
    product: text(128),
    /** Null: the product tells its name only. */
    version: Type.Union([text(128), Type.Null()]),
    port: portNumber,
    source: oneOf(softwareSources),
    /** The words it was read from. */
    text: text(1024),
    /** The Linux distribution that the words name, which may patch the version in place. */
    distribution: Type.Union([text(64), Type.Null()]),
    /** The release line of the end-of-life table, and its last day of support (null: none announced). */
    line: Type.Optional(text(32)),
    endOfLife: Type.Optional(Type.Union([text(10), Type.Null()])),
    /** Its makers supported the line on the day of the observation. Absent when that is not known. */
    supported: Type.Optional(Type.Boolean()),
  },
  closed,
);
type Item = Static<typeof itemView>;

const items = Type.Optional(list(itemView, 500));
const byClass: Readonly<Record<ProductClass, typeof items>> = {
  webServers: items,
  runtimes: items,
  applications: items,
  databases: items,
  operatingSystems: items,
  mailServers: items,
  libraries: items,
};

/** What one target tells about its software, by what the software is for. An empty list: looked at, nothing told. */
export const softwareView = Type.Object(
  {
    ...byClass,
    /** Versions told to anyone who connects, without being asked, outside HTTP headers and SSH (which must tell one). */
    bannerVersions: items,
  },
  closed,
);
export type SoftwareView = Static<typeof softwareView>;

const sourcesOfBanners: ReadonlySet<string> = new Set<SoftwareItem['source']>([
  'ftp.banner',
  'smtp.banner',
  'pop3.banner',
  'imap.banner',
  'telnet.banner',
  'html.generator',
]);

/** A table this many days older than the observation no longer decides. */
const oldestTableDays = 365;

/** Derives the view of one target's software from what it told and the end-of-life table; pure. */
export function deriveSoftware(facts: SoftwareFacts, context: ViewContext): Derived<SoftwareView> {
  const told = withoutEchoes(facts.items);
  const distributions = distributionsByPort(told);
  const unseen: { at: string; failure: Failure }[] = [];
  const view: Partial<Record<ProductClass | 'bannerVersions', Item[]>> = {};
  for (const each of productClasses) {
    view[each] = told
      .filter((item) => productClassOf(item.product) === each)
      .map((item, index) => {
        const distribution =
          distributionOf(item) ?? (packagedClasses.has(each) ? (distributions.get(item.port) ?? null) : null);
        // What a page loads is a copy of the site's own, whoever packages the server.
        const packaged = packagedClasses.has(each) && item.source !== 'html.script';
        const support = supportOf(item, packaged ? distribution : null, context);
        if ('failure' in support) unseen.push({ at: `/software/${each}/${index}/supported`, failure: support.failure });
        return { ...describe(item, distribution), ...('failure' in support ? {} : support) };
      });
  }
  view.bannerVersions = told
    .filter((item) => item.version !== undefined && sourcesOfBanners.has(item.source))
    .map((item) => describe(item, distributionOf(item)));
  return { view, unseen };
}

function describe({ product, version, port, source, text }: SoftwareItem, distribution: string | null): Item {
  return { product, version: version ?? null, port, source, text, distribution };
}

/** A name without version says nothing beside the same name with one, whatever source tells it; one of each is kept. */
function withoutEchoes(all: readonly SoftwareItem[]): readonly SoftwareItem[] {
  const versioned = new Set(all.filter((item) => item.version !== undefined).map((item) => item.product));
  const kept = new Map<string, SoftwareItem>();
  for (const item of all) {
    if (item.version === undefined && versioned.has(item.product)) continue;
    const key = `${item.product} ${item.version ?? ''} ${item.port}`;
    if (!kept.has(key)) kept.set(key, item);
  }
  return [...kept.values()];
}

/** What one product on a port says of its distribution holds for its neighbours on that port. */
function distributionsByPort(all: readonly SoftwareItem[]): ReadonlyMap<number, string> {
  return new Map(
    all.flatMap((item) => {
      const distribution = distributionOf(item);
      return distribution === null ? [] : [[item.port, distribution] as const];
    }),
  );
}

type Support = Required<Pick<Item, 'line' | 'endOfLife' | 'supported'>>;

function supportOf(
  item: SoftwareItem,
  distribution: string | null,
  context: ViewContext,
): Support | { readonly failure: Failure } {
  const undecided = (detail: string) => ({ failure: failure('undecided', detail) });
  const table = context.reference.endOfLife;
  if (item.version === undefined) return undecided(`${item.product} tells no version`);
  if (table === undefined) return undecided('there is no end-of-life table');
  if (daysBetween(table.asOf, context.at) > oldestTableDays)
    return undecided(`the end-of-life table of ${table.asOf} is too old`);
  const line = lineOf(item.product, item.version, table);
  if (line === undefined)
    return undecided(`the end-of-life table of ${table.asOf} does not know ${item.product} ${item.version}`);
  const supported = line.endOfLife === null || context.at.slice(0, 10) <= line.endOfLife;
  if (!supported && distribution !== null) {
    return undecided(`${item.product} ${item.version} is packaged by ${distribution}, which may still mend it`);
  }
  return { line: line.cycle, endOfLife: line.endOfLife, supported };
}

function lineOf(product: string, version: string, table: EndOfLifeTable) {
  const known = Object.hasOwn(table.products, product) ? table.products[product] : undefined;
  return known === undefined ? undefined : releaseLineOf(version, known.lines);
}

function daysBetween(day: string, instant: string): number {
  return (Date.parse(instant) - Date.parse(day)) / 86_400_000;
}
