import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key in a lab's own PKI. */
export type Issued = {
  readonly name: string;
  readonly crt: string;
  readonly key: string;
  readonly pem: string;
  readonly der: Buffer;
};

export type IssueOptions = {
  readonly subject?: string;
  /** Signs itself when absent. */
  readonly issuer?: Issued;
  /** Lines of an extension section of openssl's configuration; none at all when empty. */
  readonly extensions: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** Key of another certificate, for cross-signing and renewal. */
  readonly keyOf?: Issued;
  readonly algorithm?: readonly string[];
  /** `sha256` unless told. */
  readonly digest?: string;
};

const p256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** Issues certificates with whatever extensions and dates, by `openssl ca`, in `dir`. */
export function createPki(dir: string) {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'index.txt'), '');
  writeFileSync(join(dir, 'index.txt.attr'), 'unique_subject = no\n');
  const ssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, encoding: 'utf8', stdio: 'pipe' });

  return (name: string, options: IssueOptions): Issued => {
    const { subject = `/O=Lab/CN=${name}`, issuer, extensions, digest = 'default' } = options;
    const key = options.keyOf?.key ?? join(dir, `${name}.key`);
    const crt = join(dir, `${name}.crt`);
    if (options.keyOf === undefined) ssl('genpkey', ...(options.algorithm ?? p256), '-out', key);
    writeFileSync(join(dir, `${name}.cnf`), config(dir, extensions));
    const cnf = ['-config', `${name}.cnf`];
    ssl('req', '-new', '-key', key, '-subj', subject, ...cnf, '-out', `${name}.csr`);
    const by = issuer === undefined ? ['-selfsign', '-keyfile', key] : ['-cert', issuer.crt, '-keyfile', issuer.key];
    const dates = ['-startdate', options.from ?? '20250101000000Z', '-enddate', options.to ?? '20450101000000Z'];
    const section = extensions.length === 0 ? [] : ['-extensions', 'ext'];
    ssl(
      'ca',
      '-batch',
      '-notext',
      ...cnf,
      ...by,
      ...dates,
      ...section,
      '-md',
      digest,
      '-in',
      `${name}.csr`,
      '-out',
      crt,
    );
    const pem = readFileSync(crt, 'utf8');
    return { name, crt, key, pem, der: Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64') };
  };
}

/** Usual extensions of a root or an intermediate. */
export function caExtensions(more: readonly string[] = [], constraints = 'critical,CA:TRUE'): string[] {
  return [
    `basicConstraints = ${constraints}`,
    'keyUsage = critical,keyCertSign,cRLSign',
    'subjectKeyIdentifier = hash',
    'authorityKeyIdentifier = keyid',
    ...more,
  ];
}

/** Usual extensions of a server's certificate. */
export function leafExtensions(names = 'DNS:lab.test', more: readonly string[] = []): string[] {
  return [
    'basicConstraints = CA:FALSE',
    'keyUsage = digitalSignature,keyEncipherment',
    'extendedKeyUsage = serverAuth',
    `subjectAltName = ${names}`,
    'authorityKeyIdentifier = keyid',
    ...more,
  ];
}

function config(dir: string, extensions: readonly string[]): string {
  return `oid_section = none
[none]
[ca]
default_ca = lab
[lab]
database = ${dir}/index.txt
new_certs_dir = ${dir}
rand_serial = yes
default_md = sha256
policy = any
email_in_dn = yes
[any]
countryName = optional
organizationName = optional
commonName = optional
[req]
distinguished_name = dn
[dn]
[ext]
${extensions.join('\n')}
`;
}
