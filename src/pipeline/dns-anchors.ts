import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../model/errors.ts';
import { packageRoot } from '../model/package-root.ts';
import { message } from '../model/text.ts';
import { parseAnchors } from '../probe/dns/dnssec/anchors.ts';
import type { Delegation } from '../probe/dns/dnssec/rdata.ts';

const ownAnchors = fileURLToPath(new URL('src/feeds/root-anchors.ds', packageRoot));

/** A file of DNSSEC trust anchors, ours unless another is named. Throws UserError for one that cannot be read as such. */
export function readAnchors(file: string | undefined): string {
  const path = file ?? ownAnchors;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UserError([{ file: path, message: message('cli.anchors-unreadable') }]);
  }
  if (parseAnchors(text) === undefined)
    throw new UserError([{ file: path, message: message('cli.anchors-unreadable') }]);
  return text;
}

/** Anchors as a run keeps them. */
export function anchorsOf(text: string): readonly Delegation[] {
  return parseAnchors(text) ?? [];
}
