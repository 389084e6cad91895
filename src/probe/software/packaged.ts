const systems: readonly (readonly [RegExp, string])[] = [
  [/ubuntu|[+~]ubu\d{4}/i, 'ubuntu'],
  [/raspbian|\+rpi\d|\+rpt\d/i, 'raspbian'],
  [
    /debian|[-+~.]deb\d+|\+(?:squeeze|lenny|wheezy|etch)|\+dfsg|[+~]maria~(?:bookworm|bullseye|buster|stretch|jessie|sid)/i,
    'debian',
  ],
  [/centos/i, 'centos'],
  [/rocky/i, 'rocky-linux'],
  [/alma ?linux/i, 'almalinux'],
  [/oracle linux/i, 'oracle-linux'],
  [/red ?hat|rhel|[.\d]el\d/i, 'rhel'],
  [/fedora|\.fc\d/i, 'fedora'],
  [/amazon|\.amzn/i, 'amazon-linux'],
  [/suse/i, 'suse'],
  [/alpine/i, 'alpine'],
  [/mageia/i, 'mageia'],
  [/gentoo/i, 'gentoo'],
  [/arch ?linux/i, 'arch-linux'],
  [/freebsd/i, 'freebsd'],
  [/openbsd/i, 'openbsd'],
  [/netbsd/i, 'netbsd'],
  [/dragonfly/i, 'dragonfly'],
  [/\bwin(?:32|64|nt)\b|windows|\bmingw/i, 'windows'],
  [/mac ?os|darwin|os x\b/i, 'macos'],
  [/solaris|sunos/i, 'solaris'],
  [/hp-?ux/i, 'hp-ux'],
  [/\baix\b/i, 'aix'],
  [/z\/os/i, 'z-os'],
  [/netware/i, 'netware'],
  [/openvms/i, 'openvms'],
  [/\blinux\b/i, 'linux'],
  [/\bunix\b/i, 'unix'],
];

/** The operating system that words name, by endoflife.date's id where it has one. */
export function osIn(words: string): string | undefined {
  return systems.find(([pattern]) => pattern.test(words))?.[1];
}

const codenames: Readonly<Record<string, string>> = {
  trixie: '13',
  bookworm: '12',
  bullseye: '11',
  buster: '10',
  stretch: '9',
  jessie: '8',
  wheezy: '7',
  squeeze: '6',
  lenny: '5',
  etch: '4',
};

const releases: readonly RegExp[] = [
  // Debian: `+deb12u3`, `~deb12u1`, `+deb.sury.org` is no release.
  /[-+~.]deb(?<release>\d{1,2})(?:u\d|[~+]|\b)/i,
  // Ubuntu: `0ubuntu0.22.04.1`, `+ubuntu22.04.1`, `Ubuntu 22.04`.
  /ubuntu(?: |0\.)?(?<release>\d\d\.(?:04|10))/i,
  /[+~]ubu(?<release>\d{4})/i,
  // Red Hat and its kin, Fedora, Amazon.
  /[.\d]el(?<release>\d{1,2})/i,
  /\.fc(?<release>\d{1,2})/i,
  /freebsd[ /-](?<release>\d{1,2}\.\d)/i,
];

/** The release of the operating system, where words tell it. */
export function osVersionIn(words: string): string | undefined {
  const release = releases
    .map((pattern) => pattern.exec(words)?.groups?.['release'])
    .find((found) => found !== undefined);
  if (release !== undefined) return /^\d{4}$/.test(release) ? `${release.slice(0, 2)}.${release.slice(2)}` : release;
  const codename = /[+~](?:maria~)?(trixie|bookworm|bullseye|buster|stretch|jessie|wheezy|squeeze|lenny|etch)/i.exec(
    words,
  )?.[1];
  return codename === undefined ? undefined : codenames[codename.toLowerCase()];
}

/** A version cut into what its makers call it and what a distribution made of it. */
export type Packaged = {
  readonly version: string;
  readonly os?: string;
  readonly osVersion?: string;
  readonly package?: string;
};

/**
 * A version with a distribution's suffix (`8.1.2-1ubuntu2.14`, `10.3.39-MariaDB-0+deb10u1`) as the upstream version, the
 * system that packaged it and the package's own version.
 */
export function splitPackage(told: string): Packaged {
  const cut = /^(\d[0-9A-Za-z.]*)([-+~].*)$/s.exec(told);
  const tail = cut?.[2] ?? '';
  const os = osIn(tail);
  if (cut?.[1] === undefined || os === undefined) return { version: told };
  const osVersion = osVersionIn(tail);
  return {
    version: cut[1],
    os,
    ...(osVersion === undefined ? {} : { osVersion }),
    // A name alone (`9.16.1-Ubuntu`) is no revision.
    ...(/\d/.test(tail) ? { package: told } : {}),
  };
}
