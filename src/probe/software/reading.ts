/** One product as a source told it, before the source, port and text are put beside it. */
export type Reading = {
  readonly product: string;
  readonly version?: string;
  readonly vendor?: string;
  readonly os?: string;
};

/** A row of a source family's table: words that name a product. Groups `version` and `os` are kept where they match. */
export type Row = { readonly words: RegExp; readonly product: string; readonly vendor?: string };

/**
 * The reading of the first row that matches. Patterns are linear (no nested repetition) and the text is cut beforehand,
 * so that a hostile banner costs microseconds.
 */
export function readRow(rows: readonly Row[], text: string): Reading | undefined {
  for (const { words, product, vendor } of rows) {
    const match = words.exec(text);
    if (match === null) continue;
    return reading({ product, vendor, version: match.groups?.['version'], os: osIn(match.groups?.['os'] ?? '') });
  }
  return undefined;
}

/** A reading without its undefined parts. */
export function reading(parts: { [K in keyof Reading]-?: Reading[K] | undefined } & { product: string }): Reading {
  return {
    product: parts.product,
    ...(parts.version === undefined || parts.version === '' ? {} : { version: parts.version }),
    ...(parts.vendor === undefined ? {} : { vendor: parts.vendor }),
    ...(parts.os === undefined ? {} : { os: parts.os }),
  };
}

const systems: readonly (readonly [RegExp, string])[] = [
  [/debian|\+deb\d+u|(?:^|[-+~])deb\d+/i, 'debian'],
  [/ubuntu/i, 'ubuntu'],
  [/raspbian/i, 'raspbian'],
  [/centos/i, 'centos'],
  [/red ?hat|rhel/i, 'rhel'],
  [/rocky/i, 'rocky-linux'],
  [/almalinux/i, 'almalinux'],
  [/fedora/i, 'fedora'],
  [/amazon/i, 'amazon-linux'],
  [/suse/i, 'suse'],
  [/alpine/i, 'alpine'],
  [/freebsd/i, 'freebsd'],
  [/openbsd/i, 'openbsd'],
  [/netbsd/i, 'netbsd'],
  [/\bwin(?:32|64|nt)\b|windows/i, 'windows'],
  [/mac ?os|darwin/i, 'macos'],
  [/solaris|sunos/i, 'solaris'],
  [/\blinux\b/i, 'linux'],
];

/** The operating system that words name, by endoflife.date's id where it has one. */
export function osIn(words: string): string | undefined {
  return systems.find(([pattern]) => pattern.test(words))?.[1];
}

/**
 * A version with a distribution's suffix (`8.1.2-1ubuntu2.14`, `10.3.39-MariaDB-0+deb10u1`) as the upstream version and
 * the system that packaged it.
 */
export function splitPackage(version: string): { readonly version: string; readonly os?: string } {
  const cut = /^(\d[0-9A-Za-z.]*)[-+~](.*)$/s.exec(version);
  const os = osIn(cut?.[2] ?? '');
  return cut?.[1] === undefined || os === undefined ? { version } : { version: cut[1], os };
}
