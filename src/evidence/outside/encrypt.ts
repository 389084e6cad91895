import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reasonOf, refuse } from '../refuse.ts';

/** A program that encrypts its standard input to its standard output, and what its files are called. */
export type Encryption = {
  readonly tool: 'age' | 'openssl';
  readonly args: readonly string[];
  readonly suffix: '.age' | '.cms';
};

/** Debian's package of each tool. */
const packages = { age: 'age', openssl: 'openssl' } as const;

/**
 * How to encrypt to some recipients: age keys (`age1...`, age-encryption.org/v1), or files of X.509 certificates (CMS,
 * RFC 5652, with AES-256-GCM, RFC 5083). Not both in one pack. Throws UserError for what is neither.
 */
export function encryptionTo(recipients: readonly string[]): Encryption {
  const age = recipients.filter((one) => /^age1[0-9a-z]+$/.test(one));
  if (age.length === recipients.length) return { tool: 'age', args: age.flatMap((one) => ['-r', one]), suffix: '.age' };
  if (age.length > 0) return refuse(age[0] ?? '', 'recipients-mixed');
  for (const file of recipients) checkCertificate(file);
  const args = ['cms', '-encrypt', '-binary', '-stream', '-outform', 'DER', '-aes-256-gcm'];
  // RSA keys get OAEP; other keys take no such option.
  const recip = recipients.flatMap((file) => ['-recip', file, ...(isRsa(file) ? oaep : [])]);
  return { tool: 'openssl', args: [...args, ...recip], suffix: '.cms' };
}
const oaep = ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256'];
const isRsa = (file: string) => certificateIn(file).publicKey.asymmetricKeyType === 'rsa';

function checkCertificate(file: string): void {
  const { validTo } = certificateIn(file);
  if (Date.parse(validTo) < Date.now()) refuse(file, 'recipient-expired', { until: validTo });
}

function certificateIn(file: string): X509Certificate {
  try {
    return new X509Certificate(readFileSync(file));
  } catch (error) {
    return refuse(file, 'recipient', { reason: reasonOf(error) });
  }
}

/** Encrypts a little nothing, so that a missing tool or a key that it refuses is known before any work is done. */
export async function tryEncryption(encryption: Encryption): Promise<void> {
  await encrypt(encryption, Readable.from([Buffer.from('\n')]), 'ignore');
}

/** Encrypts a stream into an open file; nothing in clear touches the disk. Throws UserError where the tool fails. */
export async function encrypt(encryption: Encryption, clear: Readable, file: number | 'ignore'): Promise<void> {
  const { tool, args } = encryption;
  const child = spawn(tool, args, { stdio: ['pipe', file, 'pipe'] });
  const { stdin, stderr } = child;
  if (stdin === null || stderr === null) throw new Error(`${tool} without pipes`);
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < 1000) said += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  try {
    const given = pipeline(clear, stdin).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    const [code, broken] = await Promise.all([ended, given]);
    // A tool that dies breaks the pipe: what it said is told, not that.
    if (code !== 0) refuse(tool, 'tool-failed', { tool, reason: said.trim().split('\n')[0] ?? '' });
    if (broken !== undefined) throw broken.error;
  } catch (error) {
    clear.destroy();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      refuse(tool, 'tool-missing', { tool, package: packages[tool] });
    throw error;
  }
}
