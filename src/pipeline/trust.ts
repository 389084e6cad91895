import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError, type Problem } from '../model/errors.ts';
import type { NamedRoot } from '../model/manner.ts';
import { message } from '../model/text.ts';

const blocks = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Reads the root certificates (PEM, `*.pem` and `*.crt`) of a folder: national and ministry CAs that Mozilla's store does
 * not hold. Throws UserError for a folder that cannot be read, a file without certificates or one that does not parse.
 */
export function readTrustRoots(folder: string): readonly NamedRoot[] {
  const problems: Problem[] = [];
  const roots: NamedRoot[] = [];
  for (const file of filesOf(folder)) {
    const pems: readonly string[] = readFileSync(file, 'utf8').match(blocks) ?? [];
    if (pems.length === 0) problems.push({ file, message: message('cli.trust-empty') });
    for (const [index, pem] of pems.entries()) {
      try {
        new X509Certificate(pem);
        roots.push({ name: pems.length === 1 ? basename(file) : `${basename(file)} ${index + 1}`, pem });
      } catch {
        problems.push({ file, message: message('cli.trust-unreadable') });
      }
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return roots;
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => /\.(pem|crt)$/.test(file))
      .sort()
      .map((file) => join(folder, file));
  } catch {
    throw new UserError([{ file: folder, message: message('cli.trust-folder') }]);
  }
}
