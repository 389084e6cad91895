import type { Delegation } from './rdata.ts';

/**
 * Reads trust anchors: one `. IN DS <tag> <algorithm> <digest type> <digest>` a line as IANA, `dnssec-dsfromkey` and
 * resolvers write them (RFC 7958), `;` before remarks. Undefined for a text with any other line, or with none.
 */
export function parseAnchors(text: string): readonly Delegation[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/;.*/, '').trim())
    .filter((line) => line !== '');
  const found = lines.map(parseLine);
  return found.length > 0 && found.every((one) => one !== undefined) ? found : undefined;
}

function parseLine(line: string): Delegation | undefined {
  const match =
    /^\.\s+(?:\d{1,10}\s+)?(?:IN\s+)?DS\s+(\d{1,5})\s+(\d{1,3})\s+(\d{1,3})\s+([0-9A-Fa-f\s]{32,300})$/i.exec(line);
  if (match === null) return undefined;
  const [, tag, algorithm, digestType, digest = ''] = match;
  return {
    keyTag: Number(tag),
    algorithm: Number(algorithm),
    digestType: Number(digestType),
    digest: Buffer.from(digest.replace(/\s/g, ''), 'hex'),
  };
}
