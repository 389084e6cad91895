import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileChecks, type CompiledCheck } from '../../src/judge/compile.ts';
import { judgeTarget } from '../../src/judge/judge.ts';
import { readChecks } from '../../src/judge/read.ts';
import type { Finding } from '../../src/model/finding.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { createTlsProbe } from '../../src/probe/tls/probe.ts';
import { makeCertificates, type LabCertificates } from '../servers/tls-certificates.ts';
import { nginxTls, onAddress } from '../servers/tls-configs.ts';
import { labDirectory, startNginx } from '../servers/tls-lab.ts';
import type { RunningServer } from '../servers/process.ts';
import { openWire, webTarget } from '../servers/tls-wire.ts';
import { seen } from './build.ts';

const host = {
  modern: '127.0.47.1',
  old: '127.0.47.2',
  everything: '127.0.47.3',
  mended: '127.0.47.4',
  expired: '127.0.47.5',
  selfSigned: '127.0.47.6',
  incomplete: '127.0.47.7',
} as const;

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
let compiled: readonly CompiledCheck[];
let nginx: RunningServer;

/** The directive that a check tells nginx's owner to write. */
function fixOf(id: string): string {
  const lines = compiled.find(({ check }) => check.id === id)?.check.fix.nginx?.en.split('\n') ?? [];
  return (lines.at(-1) ?? '').replace(/;$/, '');
}

beforeAll(async () => {
  directory = await labDirectory();
  compiled = compileChecks(await readChecks([fileURLToPath(new URL('checks/tls/', packageRoot))]));
  certificates = await makeCertificates(directory.path);
  const { rsa, ec, expired, selfSigned, incomplete } = certificates;
  const withRsa = [`ssl_certificate ${rsa.chain}`, `ssl_certificate_key ${rsa.key}`];
  nginx = await startNginx({
    dir: directory.path,
    servers: [
      onAddress(host.modern, nginxTls.modern(ec)),
      onAddress(host.old, nginxTls.old(rsa, ec)),
      onAddress(host.everything, [
        'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3',
        'ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0',
        ...withRsa,
      ]),
      onAddress(host.mended, [
        fixOf('tls-protocols'),
        fixOf('tls-forward-secrecy'),
        fixOf('tls-server-order'),
        ...withRsa,
      ]),
      onAddress(host.expired, nginxTls.intermediate(expired)),
      onAddress(host.selfSigned, nginxTls.intermediate(selfSigned)),
      onAddress(host.incomplete, nginxTls.intermediate(incomplete)),
    ],
  });
});

afterAll(async () => {
  await nginx.stop();
  await directory.remove();
});

/** True of every server here: the lab's CA tells no revocation address, and Debian 12's OpenSSL has no hybrid group. */
const ofTheLab: ReadonlySet<string> = new Set(['cert-revocation-address', 'tls-group-post-quantum']);

async function judge(
  name: keyof typeof host,
  sni = 'lab.test',
): Promise<Readonly<Record<Finding['outcome'], string[]>>> {
  const probe = createTlsProbe({ extraRoots: [certificates.root] });
  const target = webTarget(host[name], { name: sni });
  const facts = await probe.observe({ target, wire: openWire(), signal: new AbortController().signal });
  const observation = seen('tls', facts, new Date().toISOString());
  const findings = judgeTarget(compiled, { target, observations: [observation], kinds: ['tls'], reference: {} });
  const of = (outcome: Finding['outcome']) =>
    findings.filter((finding) => finding.outcome === outcome).map((finding) => finding.check);
  return {
    pass: of('pass'),
    fail: of('fail').filter((check) => !ofTheLab.has(check)),
    'not-applicable': of('not-applicable'),
    'not-observed': of('not-observed'),
  };
}

describe('real servers, probed and judged', () => {
  test('a modern one has no flaw', async () => {
    expect((await judge('modern')).fail).toEqual([]);
  });

  test('one that the fixes of ours were written into has no flaw', async () => {
    expect((await judge('mended')).fail).toEqual([]);
  });

  test.each([
    ['old', ['tls-aead', 'tls-forward-secrecy', 'tls-mozilla-profile', 'tls-protocols', 'tls-signature-hash']],
    [
      'everything',
      [
        'tls-aead',
        'tls-forward-secrecy',
        'tls-mozilla-profile',
        'tls-protocols',
        'tls-server-order',
        'tls-signature-hash',
        'tls-suite-authentication',
        'tls-suite-encryption',
        'tls-suite-key-length',
      ],
    ],
    ['expired', ['cert-expiry']],
    ['selfSigned', ['cert-trusted']],
    ['incomplete', ['cert-chain', 'cert-trusted']],
  ] as const)('%s has the flaws it was given', async (name, flaws) => {
    expect((await judge(name)).fail).toEqual(flaws);
  });

  test('another name than the one in the certificate', async () => {
    expect((await judge('modern', 'other.test')).fail).toEqual(['cert-name']);
  });

  test('everything that could be seen of a healthy server was seen', async () => {
    // Strange hellos are tried at TLS 1.2 and before; this server speaks TLS 1.3 alone. Others' keys are known after a run.
    expect((await judge('modern'))['not-observed']).toEqual(['tls-hello-tolerance', 'tls-sslv2-key']);
  });
});
