import { dayMs } from '../day.ts';
import { packageNamesOf } from './distribution-package.ts';
import type { DistributionPackage } from './purl.ts';

/** Where a list of packages came from. */
export const packageLists = ['dpkg', 'rpm', 'windows-kb'] as const;
export type PackageListKind = (typeof packageLists)[number];

/** A list of installed packages that an owner handed in: a claim, of one day. */
export type PackageEvidence = {
  readonly file: string;
  readonly from: PackageListKind;
  /** Name or address of the machine; absent: every machine of the system. */
  readonly host?: string;
  /** The day the list was made, `YYYY-MM-DD`. */
  readonly date: string;
  /** Days for which it decides; absent: 90. */
  readonly validDays?: number;
  /** The system, `debian`, and its release, where the inventory tells them. */
  readonly system?: string;
  readonly release?: string;
  /** Packages by name, of those that matter; of `windows-kb` the updates. */
  readonly packages: readonly { readonly name: string; readonly version: string }[];
};

/** Days after which a list no longer decides. */
const evidenceDays = 90;

/** The package of a product by what an owner handed in. */
export type ClaimedPackage = DistributionPackage & { readonly file: string; readonly date: string };

/** Whether a list of a day still decides at an instant: not older than the limit, nor of a day to come. */
function isCurrent(date: string, at: string, days: number = evidenceDays): boolean {
  const age = (Date.parse(at) - Date.parse(date)) / dayMs;
  return age >= 0 && age <= days;
}

/** A list of Windows updates that an owner handed in. */
export type ClaimedUpdates = { readonly file: string; readonly date: string; readonly count: number };

/**
 * The newest list of Windows updates, of a day not after `at`. It decides nothing, however new: no feed here tells which
 * update mends which vulnerability in which build, so it is shown beside what a version means, as the owner's word.
 */
export function updatesFor(
  { os }: { readonly os?: string },
  lists: readonly PackageEvidence[] | undefined,
  at: string,
): ClaimedUpdates | undefined {
  if (os !== 'windows') return undefined;
  const [newest] = (lists ?? [])
    .filter(({ from, date }) => from === 'windows-kb' && date <= at.slice(0, 10))
    .toSorted((a, b) => (a.date < b.date ? 1 : -1));
  return newest === undefined ? undefined : { file: newest.file, date: newest.date, count: newest.packages.length };
}

/** The package that current evidence gives for a product; of several lists the newest. Pure. */
export function evidenceFor(
  product: string,
  lists: readonly PackageEvidence[] | undefined,
  at: string,
): ClaimedPackage | undefined {
  const names = packageNamesOf(product);
  const current = (lists ?? [])
    .filter(({ from, date, validDays }) => from !== 'windows-kb' && isCurrent(date, at, validDays))
    .toSorted((a, b) => (a.date < b.date ? 1 : -1));
  for (const { packages, from, system, release, file, date } of current) {
    const found = names.map((name) => packages.find((one) => one.name === name)).find((one) => one !== undefined);
    if (found === undefined) continue;
    const told = system ?? (from === 'dpkg' ? 'debian' : 'rhel');
    return {
      system: told,
      ...(release === undefined ? {} : { release }),
      name: found.name,
      version: found.version,
      file,
      date,
    };
  }
  return undefined;
}
