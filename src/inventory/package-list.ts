import type { PackageEvidence, PackageListKind } from '../model/software/evidence.ts';
import { packagesThatMatter } from '../model/software/distribution-package.ts';

/** What a list of installed packages says, and the lines (from 1) that are none. */
export type PackageList = { readonly packages: PackageEvidence['packages']; readonly badLines: readonly number[] };

/** Most packages kept of one list: those that a check can ask about, and updates of Windows. */
const mostKept = 500;
const mostBadLines = 20;

type Line = PackageEvidence['packages'][number] | 'skip' | 'bad';

const readers: Readonly<Record<PackageListKind, (line: string) => Line>> = {
  dpkg: readDpkg,
  rpm: readRpm,
  'windows-kb': readKb,
};

/** Reads `dpkg -l`, `dpkg-query -W`, `rpm -qa`, or the updates in `systeminfo` or `Get-HotFix`; total over any text. */
export function parsePackageList(from: PackageListKind, text: string): PackageList {
  const packages = new Map<string, Exclude<Line, string>>();
  const badLines: number[] = [];
  let good = 0;
  text.split(/\r?\n/).forEach((raw, at) => {
    const line = raw.trim();
    const read = line === '' || line.startsWith('#') ? 'skip' : readers[from](line.slice(0, 1000));
    if (read === 'bad') badLines.push(at + 1);
    else if (read !== 'skip') {
      good += 1;
      if ((from === 'windows-kb' || packagesThatMatter.has(read.name)) && packages.size < mostKept)
        packages.set(read.name, read);
    }
  });
  // Free text around the updates of Windows is no fault; a file without any is.
  if (good === 0 && badLines.length === 0) badLines.push(1);
  return { packages: [...packages.values()], badLines: badLines.slice(0, mostBadLines) };
}

/** `ii  openssh-server  1:9.2p1-2+deb12u3  amd64  ...`, or `openssh-server:amd64<TAB>1:9.2p1-2+deb12u3`. */
function readDpkg(line: string): Line {
  if (/^(?:Desired=|\| |\|\/|\+\+\+-|\|\||Listing\b)/.test(line)) return 'skip';
  const listed = /^([uirph])([ncufhwti])[r ]?\s+([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9]+)?\s+(\S+)/i.exec(line);
  // Only what is installed counts: `rc` left its settings behind, `un` was never there.
  if (listed !== null) return listed[2] === 'i' ? { name: listed[3] ?? '', version: listed[4] ?? '' } : 'skip';
  const asked = /^([a-z0-9][a-z0-9+.-]+)(?::[a-z0-9]+)?(?:\t| +)(\d\S*)$/.exec(line);
  if (asked !== null) return { name: asked[1] ?? '', version: asked[2] ?? '' };
  return /^[a-z0-9][a-z0-9+.-]+(?::[a-z0-9]+)?$/.test(line) ? 'skip' : 'bad';
}

/** `openssh-server-8.7p1-38.el9.x86_64`: name, version, release, architecture. */
function readRpm(line: string): Line {
  const match =
    /^([A-Za-z0-9][\w.+-]*)-((?:\d{1,9}:)?[^-\s:]+)-([^-\s]+?)(?:\.(?:x86_64|noarch|i[3-6]86|aarch64|ppc64le|s390x|\(none\)))?$/.exec(
      line,
    );
  return match === null ? 'bad' : { name: match[1] ?? '', version: `${match[2] ?? ''}-${match[3] ?? ''}` };
}

/** `[01]: KB5031364`, `SRV01  Security Update  KB5031364  NT AUTHORITY\SYSTEM  10/12/2023 12:00:00 AM`. */
function readKb(line: string): Line {
  const update = /\bKB(\d{6,8})\b/i.exec(line)?.[1];
  if (update === undefined) return 'skip';
  return { name: `KB${update}`, version: /\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b/.exec(line)?.[0] ?? '' };
}
