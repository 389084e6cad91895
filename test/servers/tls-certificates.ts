import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Paths of one leaf: its chain as servers want it (leaf, then intermediate), and its key. */
export type LabCertificate = { readonly chain: string; readonly key: string };

export type LabCertificates = {
  /** PEM of the root, for those who should trust it. */
  readonly root: string;
  readonly rsa: LabCertificate;
  readonly ec: LabCertificate;
  readonly ed25519: LabCertificate;
  /** RSA leaf that ended in January 2025. */
  readonly expired: LabCertificate;
  /** RSA leaf of its own, in no chain. */
  readonly selfSigned: LabCertificate;
  /** RSA leaf sent without its intermediate. */
  readonly incomplete: LabCertificate;
};

const subjectName = 'lab.test';

/** Makes a root, an intermediate and leaves for `lab.test`, `*.lab.test` and 127.0.31.1 in `dir`; under a second. */
export async function makeCertificates(dir: string): Promise<LabCertificates> {
  const ssl = (...args: string[]) => run('openssl', args, { cwd: dir });
  const key = (name: string, ...kind: string[]) => ssl('genpkey', ...kind, '-out', `${name}.key`);
  const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
  const p256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  await writeConfigs(dir);
  await Promise.all([
    key('root', ...p256),
    key('int', ...p256),
    key('rsa', ...rsa),
    key('ec', ...p256),
    key('ed25519', '-algorithm', 'ED25519'),
  ]);
  await sign(ssl, 'root', '/O=Lab/CN=Lab Root', 'root', 'root', decade());
  await sign(ssl, 'int', '/O=Lab/CN=Lab Intermediate', 'root', 'int');
  const leaf = async (name: string, days?: { from: string; to: string }) => {
    await sign(ssl, name, `/CN=${subjectName}`, 'int', 'leaf', days);
    await chainOf(dir, name);
    return paths(dir, name, name);
  };
  const leaves = { rsa: await leaf('rsa'), ec: await leaf('ec'), ed25519: await leaf('ed25519') };
  await ssl('pkey', '-in', 'rsa.key', '-out', 'expired.key');
  const expired = await leaf('expired', { from: '20240101000000Z', to: '20250101000000Z' });
  await ssl(
    'req',
    '-new',
    '-x509',
    '-key',
    'rsa.key',
    '-subj',
    `/CN=${subjectName}`,
    '-days',
    '90',
    '-config',
    'req.cnf',
    '-extensions',
    'leaf',
    '-out',
    'self.pem',
  );
  return {
    root: await readFile(join(dir, 'root.crt'), 'utf8'),
    ...leaves,
    expired,
    selfSigned: { chain: join(dir, 'self.pem'), key: join(dir, 'rsa.key') },
    incomplete: { chain: join(dir, 'rsa.crt'), key: join(dir, 'rsa.key') },
  };
}

/** From yesterday, so that a clock set back a little while the tests run does no harm. */
const decade = () => since(-1, 3650);

/** Days from now as `openssl ca` wants them. */
function since(fromDays: number, toDays: number): { readonly from: string; readonly to: string } {
  const on = (days: number) =>
    `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  return { from: on(fromDays), to: on(toDays) };
}

type Ssl = (...args: string[]) => Promise<unknown>;

/** `openssl ca` and not `x509 -req`, because only it can date back. */
async function sign(
  ssl: Ssl,
  name: string,
  subject: string,
  issuer: string,
  extensions: string,
  days?: { from: string; to: string },
) {
  await ssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-config', 'req.cnf', '-out', `${name}.csr`);
  const { from, to } = days ?? since(-1, 180);
  await ssl(
    'ca',
    '-batch',
    '-notext',
    '-config',
    'req.cnf',
    ...(issuer === name ? ['-selfsign'] : ['-cert', `${issuer}.crt`]),
    '-keyfile',
    `${issuer}.key`,
    '-extensions',
    extensions,
    '-startdate',
    from,
    '-enddate',
    to,
    '-in',
    `${name}.csr`,
    '-out',
    `${name}.crt`,
  );
}

async function chainOf(dir: string, name: string): Promise<void> {
  const parts = await Promise.all([`${name}.crt`, 'int.crt'].map((file) => readFile(join(dir, file), 'utf8')));
  await writeFile(join(dir, `${name}.pem`), parts.join(''));
}

function paths(dir: string, chain: string, key: string): LabCertificate {
  return { chain: join(dir, `${chain}.pem`), key: join(dir, `${key}.key`) };
}

async function writeConfigs(dir: string): Promise<void> {
  await writeFile(join(dir, 'index.txt'), '');
  await writeFile(join(dir, 'index.txt.attr'), 'unique_subject = no\n');
  await writeFile(
    join(dir, 'req.cnf'),
    `[ca]
default_ca = lab
[lab]
database = ${dir}/index.txt
new_certs_dir = ${dir}
rand_serial = yes
default_md = sha256
policy = any
[any]
organizationName = optional
commonName = supplied
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[int]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
basicConstraints = CA:FALSE
keyUsage = digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:${subjectName},DNS:*.${subjectName},IP:127.0.31.1
`,
  );
}
