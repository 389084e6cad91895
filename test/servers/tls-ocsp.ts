import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Issued } from './tls-pki.ts';

export type OcspOptions = {
  readonly dir: string;
  readonly leaf: Issued;
  readonly issuer: Issued;
  /** The issuer itself unless told. */
  readonly signer?: Issued;
  readonly status?: 'good' | 'revoked' | 'unknown';
  /** Further arguments of `openssl ocsp`. */
  readonly more?: readonly string[];
};

/** An OCSP answer (DER) for three days from now, made off line. */
export function answerOcsp({ dir, leaf, issuer, signer = issuer, status = 'good', more = [] }: OcspOptions): Buffer {
  const path = (name: string) => join(dir, name);
  const serial = execFileSync('openssl', ['x509', '-in', leaf.crt, '-noout', '-serial'], { encoding: 'utf8' })
    .trim()
    .replace('serial=', '');
  const revoked = status === 'revoked' ? '250101000000Z' : '';
  const line = `${status === 'revoked' ? 'R' : 'V'}\t450101000000Z\t${revoked}\t${serial}\tunknown\t/CN=lab.test\n`;
  writeFileSync(path('ocsp.idx'), status === 'unknown' ? '' : line);
  writeFileSync(path('ocsp.idx.attr'), 'unique_subject = no\n');
  execFileSync(
    'openssl',
    [
      ...['ocsp', '-index', path('ocsp.idx'), '-CA', issuer.crt, '-issuer', issuer.crt, '-cert', leaf.crt],
      ...['-rsigner', signer.crt, '-rkey', signer.key, '-ndays', '3', '-respout', path('answer.ocsp'), ...more],
    ],
    { stdio: 'pipe' },
  );
  return readFileSync(path('answer.ocsp'));
}
