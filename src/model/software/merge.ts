import type { SoftwareItem, SoftwareSource } from '../facts/software.ts';
import { cpeOf } from './cpe.ts';
import { packageOf } from './distribution-package.ts';
import { distributionPurl, purlOf } from './purl.ts';
import { releaseOf } from './release.ts';

/** One product in one version, from every place that told of it. */
export type MergedProduct = {
  readonly product: string;
  /** Null: told by name only. */
  readonly version: string | null;
  readonly os: string | null;
  readonly release: string | null;
  readonly cpe: string | null;
  readonly purl: string | null;
  readonly package: string | null;
  readonly seen: readonly { readonly source: SoftwareSource; readonly port: number; readonly text: string }[];
};

/** Two words of one port that cannot both be the whole truth. */
export type SoftwareConflict = {
  /** `versions`: one product in two versions. `servers`: two web servers, of which one may stand before the other. */
  readonly kind: 'versions' | 'servers';
  readonly port: number;
  readonly told: readonly {
    readonly product: string;
    readonly version: string | null;
    readonly source: SoftwareSource;
  }[];
};

/**
 * One list of a target's products: by product and version, with every source, port and text. A name without a version joins
 * the version told on the same port, else of the target, and stands alone where there is none.
 */
export function mergeSoftware(items: readonly SoftwareItem[]): readonly MergedProduct[] {
  const groups = new Map<string, SoftwareItem[]>();
  const keyOf = ({ product, version }: SoftwareItem) => `${product}\n${version ?? ''}`;
  for (const item of items) if (item.version !== undefined) put(groups, keyOf(item), item);
  for (const item of items) {
    if (item.version !== undefined) continue;
    const same = items.filter(({ product, version }) => product === item.product && version !== undefined);
    put(groups, keyOf(same.find(({ port }) => port === item.port) ?? same[0] ?? item), item);
  }
  return [...groups.values()].flatMap((group) => merged(group));
}

function put(groups: Map<string, SoftwareItem[]>, key: string, item: SoftwareItem): void {
  groups.set(key, [...(groups.get(key) ?? []), item]);
}

function merged(group: readonly SoftwareItem[]): readonly MergedProduct[] {
  const [first] = group;
  if (first === undefined) return [];
  const packaged = group.find((item) => item.package !== undefined && item.os !== undefined);
  const os = packaged?.os ?? group.find((item) => item.os !== undefined)?.os;
  const inDistribution =
    packaged?.package === undefined || packaged.os === undefined
      ? undefined
      : packageOf(first.product, packaged.os, packaged.osVersion, packaged.package);
  return [
    {
      product: first.product,
      version: first.version ?? null,
      os: os ?? null,
      release: (first.version === undefined ? undefined : releaseOf(first.product, first.version)?.name) ?? null,
      cpe: cpeOf(first.product, first.version) ?? null,
      purl:
        (inDistribution === undefined ? purlOf(first.product, first.version) : distributionPurl(inDistribution)) ??
        null,
      package: inDistribution?.version ?? null,
      seen: group.map(({ source, port, text }) => ({ source, port, text })),
    },
  ];
}

/** Web servers of which one port has one, what runs inside or before them left out. */
const servers: ReadonlySet<string> = new Set([
  'apache-http-server',
  'iis',
  'lighttpd',
  'litespeed',
  'nginx',
  'openresty',
  'tengine',
  'caddy',
]);

/** Words of one port that do not go together, shown and never decided. */
export function conflictsOf(items: readonly SoftwareItem[]): readonly SoftwareConflict[] {
  return [...Map.groupBy(items, ({ port }) => port)].flatMap(([port, here]) => [
    ...[...Map.groupBy(here, ({ product }) => product).values()].flatMap((same) => disagreeing(port, same)),
    ...twoServers(
      port,
      here.filter(({ product }) => servers.has(product)),
    ),
  ]);
}

function disagreeing(port: number, same: readonly SoftwareItem[]): readonly SoftwareConflict[] {
  const told = distinct(same.filter(({ version }) => version !== undefined));
  // `2.4` beside `2.4.57` is the same version told in part.
  const apart = told.some((a) => told.some((b) => !goesWith(a.version ?? '', b.version ?? '')));
  return apart ? [{ kind: 'versions', port, told: told.map(brief) }] : [];
}

function twoServers(port: number, here: readonly SoftwareItem[]): readonly SoftwareConflict[] {
  return new Set(here.map(({ product }) => product)).size < 2
    ? []
    : [{ kind: 'servers', port, told: distinct(here).map(brief) }];
}

const goesWith = (a: string, b: string) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
const brief = ({ product, version, source }: SoftwareItem) => ({ product, version: version ?? null, source });

function distinct(items: readonly SoftwareItem[]): readonly SoftwareItem[] {
  return [...new Map(items.map((item) => [`${item.product} ${item.version ?? ''}`, item])).values()].slice(0, 10);
}
