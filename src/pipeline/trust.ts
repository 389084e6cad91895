import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError, type Problem } from '../model/errors.ts';
import { message } from '../model/text.ts';

const blocks = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * Reads the root certificates (PEM, `*.pem` and `*.crt`) of a folder: national and ministry CAs that Mozilla's store does
 * not hold. Throws UserError for a folder that cannot be read, a file without certificates or one that does not parse.
 */
export function readTrustFolder(folder: string): readonly string[] {
  const problems: Problem[] = [];
  const roots: string[] = [];
  for (const file of filesOf(folder)) {
    const pems = readFileSync(file, 'utf8').match(blocks) ?? [];
    if (pems.length === 0) problems.push({ file, message: message('cli.trust-empty') });
    for (const pem of pems) {
      try {
        new X509Certificate(pem);
        roots.push(pem);
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
