import { execFile, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import type { StartTls } from '../../../../src/model/facts/tls.ts';

const run = promisify(execFile);

/** openssl's words where they are not ours. */
const names: Readonly<Partial<Record<StartTls, string>>> = { 'xmpp-client': 'xmpp' };

/** What `openssl s_client -starttls` agrees on and is shown. */
export async function opensslHandshake(address: string, port: number, startTls: StartTls) {
  const name = ['xmpp-client', 'xmpp-server', 'smtp', 'lmtp'].includes(startTls) ? ['-name', 'lab.test'] : [];
  const args = ['s_client', '-starttls', names[startTls] ?? startTls, '-servername', 'lab.test', ...name];
  const child = spawn('openssl', [...args, '-connect', `${address}:${port}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(output)?.[0];
  if (pem === undefined) throw new Error(`openssl showed no certificate: ${output}`);
  return {
    leaf: new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase(),
    protocol: /New, (TLSv1\.\d)/.exec(output)?.[1] ?? /Protocol *: (TLSv1\.\d)/.exec(output)?.[1],
  };
}

/** sslscan's suites by protocol after its own upgrade; `flag` is what stands behind `--starttls-`, or `rdp`. */
export async function sslscanStartTls(address: string, port: number, flag: string): Promise<Record<string, string[]>> {
  const { stdout } = await run('sslscan', [
    ...['--no-colour', '--show-cipher-ids', '--no-groups', '--no-heartbleed', '--no-renegotiation', '--no-compression'],
    ...['--no-fallback', '--sni-name=lab.test', flag === 'rdp' ? '--rdp' : `--starttls-${flag}`, `${address}:${port}`],
  ]);
  const sets: Record<string, string[]> = {};
  const accepted = /^(?:Preferred|Accepted)\s+(TLSv1\.\d)\s+\d+ bits\s+0x([0-9A-Fa-f]{4})/gm;
  for (const [, protocol = '', code = ''] of stdout.matchAll(accepted)) {
    (sets[protocol] ??= []).push(`0x${code.toUpperCase()}`);
  }
  for (const codes of Object.values(sets)) codes.sort();
  return sets;
}
