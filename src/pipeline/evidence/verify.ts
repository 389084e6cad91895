import { readFileSync } from 'node:fs';
import { withPack } from '../../evidence/pack-source.ts';
import { reasonOf, refuse } from '../../evidence/refuse.ts';
import { loadVerifier, type Verified } from '../../evidence/verifier.ts';
import { readKey } from '../../keys/ed25519.ts';

export type VerifyFiles = { readonly key?: string; readonly timestampCa?: string; readonly whole?: string };

/** Verifies a pack by the code that lies in every pack. Throws UserError for what is no pack, and for files that are none. */
export async function verifyEvidence(pack: string, files: VerifyFiles): Promise<Verified> {
  const { key, timestampCa, whole } = files;
  const { verifyPack, certificatesIn } = await loadVerifier();
  const options = {
    ...(key === undefined ? {} : { key: readKey(key, 'public').export({ type: 'spki', format: 'pem' }).toString() }),
    ...(timestampCa === undefined
      ? {}
      : { timestampCa: read(timestampCa, 'ca', (text) => (certificatesIn(text).length > 0 ? text : undefined)) }),
    ...(whole === undefined ? {} : { whole: read(whole, 'whole', (text) => JSON.parse(text) as unknown) }),
  };
  return withPack(pack, (source) => verifyPack(source, options));
}

function read<T>(file: string, kind: 'ca' | 'whole', parse: (text: string) => T | undefined): T {
  try {
    const value = parse(readFileSync(file, 'utf8'));
    if (value !== undefined) return value;
  } catch (error) {
    return refuse(file, kind, { reason: reasonOf(error) });
  }
  return refuse(file, kind, { reason: 'PEM' });
}
