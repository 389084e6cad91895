/** The parts of a package URL (purl-spec) that we read. */
export type Purl = {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  /** `distro` among the qualifiers. */
  readonly distro: string;
};

/** Reads `pkg:type/namespace/name@version?distro=...`; undefined for anything else. Total over any text. */
export function parsePurl(text: string): Purl | undefined {
  const match = /^pkg:([a-z][a-z0-9.+-]*)\/([^?#@]+)@([^?#@]+)(?:\?([^#]*))?/.exec(text.slice(0, 1000));
  if (match === null) return undefined;
  const [, type = '', path = '', version = '', qualifiers = ''] = match;
  const steps = path.split('/').map(decode);
  return {
    type,
    namespace: steps.slice(0, -1).join('/'),
    name: steps.at(-1) ?? '',
    version: decode(version),
    distro: decode(/(?:^|&)distro=([^&]*)/.exec(qualifiers)?.[1] ?? ''),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
