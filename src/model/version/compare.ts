import { own } from '../own.ts';
import { compareDebian, isDebian } from './debian.ts';
import { dated, dotted, java, openssl, patchLevel, semver, upstream, type Parse } from './makers.ts';
import { compareRpm, isRpm } from './rpm.ts';
import { compareTokens } from './tokens.ts';

/** Ways in which versions are numbered and ordered. */
export const versionSchemes = [
  'upstream',
  'semver',
  'openssl',
  'patch-level',
  'dotted',
  'date',
  'java',
  'debian',
  'rpm',
] as const;
export type VersionScheme = (typeof versionSchemes)[number];

const parsers: Readonly<Record<Exclude<VersionScheme, 'debian' | 'rpm'>, Parse>> = {
  upstream,
  semver,
  openssl,
  'patch-level': patchLevel,
  dotted,
  date: dated,
  java,
};

/** Longer texts are no version of anything. */
const longest = 128;

/**
 * -1, 0 or 1 by a scheme; undefined when one of the texts is no version of it, which decides nothing. On the texts that a
 * scheme knows it is a total order (equal keys are one version).
 */
export function compareVersions(scheme: VersionScheme, a: string, b: string): number | undefined {
  if (scheme === 'debian') return isDebian(a) && isDebian(b) ? compareDebian(a, b) : undefined;
  if (scheme === 'rpm') return isRpm(a) && isRpm(b) ? compareRpm(a, b) : undefined;
  if (a.length > longest || b.length > longest) return undefined;
  const parse = parsers[scheme];
  const [x, y] = [parse(a), parse(b)];
  return x === undefined || y === undefined ? undefined : compareTokens(x, y);
}

/** Products that number in a way of their own; every other one is numbered as most are. */
const byProduct: Readonly<Record<string, VersionScheme>> = {
  bind: 'patch-level',
  'cisco-ssh': 'dotted',
  iis: 'dotted',
  'java-se': 'java',
  jquery: 'semver',
  msexchange: 'dotted',
  mssqlserver: 'dotted',
  ntpd: 'patch-level',
  openssh: 'patch-level',
  openssl: 'openssl',
  'oracle-database': 'dotted',
  sharepoint: 'dotted',
  ubuntu: 'date',
  weblogic: 'dotted',
  windows: 'dotted',
};

/** The scheme of a product; where its own does not read a version, `upstream` does. */
function schemeOf(product: string): VersionScheme {
  return own(byProduct, product) ?? 'upstream';
}

/** Orders two versions of one product, by its scheme where that reads both, else as most makers number. */
export function compareOf(product: string, a: string, b: string): number | undefined {
  return compareVersions(schemeOf(product), a, b) ?? compareVersions('upstream', a, b);
}
