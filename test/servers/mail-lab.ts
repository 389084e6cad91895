import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeZone, serve, startNamed, type ZoneFile } from './bind.ts';
import { freePort } from './free-port.ts';
import type { RunningServer } from './process.ts';
import { startPostfix } from './starttls-daemons.ts';
import type { LabCertificate } from './tls-certificates.ts';
import { startNginx } from './tls-lab.ts';
import { caExtensions, createPki, leafExtensions, type Issued } from './tls-pki.ts';

/**
 * Mail domains with chosen flaws on loopback, served by real BIND, Postfix and nginx: `tot.vn` in order, `xau.vn` with
 * most of what can be wrong, `nghi.vn` that takes no mail and says so, `ngoai.vn` whose exchanger is somewhere else, `lech.vn` whose TLSA record is of
 * another key.
 */
export type MailLab = {
  readonly resolver: { readonly address: string; readonly port: number };
  /** PEM of the lab's own authority, and the folder it stands in alone. */
  readonly root: string;
  readonly trust: string;
  /** DS of the root zone, as a file. */
  readonly anchors: string;
  readonly at: (n: number) => string;
  readonly stop: () => Promise<void>;
};

/** Starts the lab on `net`.x, as `127.62.1`. Needs root, as Postfix does. */
export async function startMailLab(net: string): Promise<MailLab> {
  const folder = await mkdtemp(join(tmpdir(), 'rasoat-mail-'));
  const at = (n: number) => `${net}.${n}`;
  const running: RunningServer[] = [];
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const { root, issue } = authority(join(folder, 'pki'));
    const good = await issue('mail.tot.vn');
    const expired = await issue('mx1.xau.vn', '20250601000000Z');
    const [policy, other] = [await issue('mta-sts.tot.vn'), await issue('mta-sts.xau.vn')];
    const zones = await makeZones(join(folder, 'zones'), at, good);
    const listen = await freePort();
    const settled = await Promise.allSettled([
      startPostfix({ dir: folder, host: at(10), certificate: good.files }, ['smtpd_tls_protocols = >=TLSv1.2']),
      startPostfix({ dir: folder, host: at(11), certificate: expired.files }),
      startPostfix({ dir: folder, host: at(12), certificate: good.files }, ['smtpd_tls_security_level = none']),
      startNginx({
        dir: folder,
        servers: [policyServer(at(20), policy.files, policyText), policyServer(at(21), other.files)],
      }),
      startNamed(join(folder, 'named'), {
        listen,
        port: listen,
        options: 'recursion no; minimal-responses yes; dnssec-validation no;',
        zones: zones.map(serve).join('\n'),
      }),
    ]);
    for (const each of settled) if (each.status === 'fulfilled') running.push(each.value);
    for (const each of settled) if (each.status === 'rejected') throw each.reason;
    const trust = join(folder, 'trust');
    await mkdir(trust);
    await writeFile(join(trust, 'lab.pem'), root.pem);
    const anchors = join(folder, 'anchors.ds');
    await writeFile(anchors, zones.find(({ origin }) => origin === '.')?.ds ?? '');
    return { resolver: { address: '127.0.0.1', port: listen }, root: root.pem, trust, anchors, at, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const policyText = 'version: STSv1\\nmode: enforce\\nmx: *.tot.vn\\nmax_age: 604800\\n';

/** Serves a policy, or redirects elsewhere for want of one. */
function policyServer(host: string, { chain, key }: LabCertificate, text?: string) {
  const answer =
    text === undefined ? 'return 301 https://mta-sts.tot.vn/.well-known/mta-sts.txt' : `return 200 "${text}"`;
  return {
    listen: [{ host, port: 443 }],
    directives: [`ssl_certificate ${chain}`, `ssl_certificate_key ${key}`, 'default_type text/plain', answer],
  };
}

type Leaf = { readonly issued: Issued; readonly files: LabCertificate };

function authority(folder: string) {
  const make = createPki(folder);
  const root = make('root', { extensions: caExtensions() });
  const issue = async (name: string, to?: string): Promise<Leaf> => {
    const extensions = leafExtensions(`DNS:${name}`);
    const issued = make(name, { issuer: root, extensions, ...(to === undefined ? {} : { to }) });
    const chain = join(folder, `${name}.chain.pem`);
    await writeFile(chain, `${issued.pem}${root.pem}`);
    return { issued, files: { chain, key: issued.key } };
  };
  return { root, issue };
}

async function makeZones(folder: string, at: (n: number) => string, good: Leaf): Promise<readonly ZoneFile[]> {
  const nameServer = ['@ IN NS ns', `ns IN A ${at(53)}`];
  const signed = { algorithm: 'ECDSAP256SHA256' };
  const spki = new X509Certificate(good.issued.der).publicKey.export({ type: 'spki', format: 'der' });
  const tlsa = createHash('sha256').update(spki).digest('hex');
  const tot = await makeZone(folder, {
    origin: 'tot.vn',
    lines: [
      ...nameServer,
      '@ IN MX 10 mail',
      '@ IN TXT "v=spf1 mx include:_spf -all"'.replace('_spf', '_spf.tot.vn'),
      `_spf IN TXT "v=spf1 ip4:${at(10)} -all"`,
      `mail IN A ${at(10)}`,
      '_dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:d@tot.vn,mailto:d@bao-cao.vn"',
      `thang01._domainkey IN TXT ${quoted(`v=DKIM1; k=rsa; p=${publicKey(2048)}`)}`,
      '_mta-sts IN TXT "v=STSv1; id=20260101000000"',
      `mta-sts IN A ${at(20)}`,
      '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:t@tot.vn"',
      `_25._tcp.mail IN TLSA 3 1 1 ${tlsa}`,
    ],
    sign: signed,
  });
  const xau = await makeZone(folder, {
    origin: 'xau.vn',
    lines: [
      ...nameServer,
      '@ IN MX 10 mx1',
      '@ IN MX 20 mx2',
      '@ IN MX 30 gone',
      '@ IN MX 40 alias',
      `mx1 IN A ${at(11)}`,
      `mx2 IN A ${at(12)}`,
      'alias IN CNAME mx2',
      '@ IN TXT "v=spf1 ptr a:gone.xau.vn ip4:0.0.0.0/0 include:xau.vn ?all"',
      '_dmarc IN TXT "v=DMARC1; p=none; sp=nothing; rua=mailto:d@tot.vn"',
      `default._domainkey IN TXT ${quoted(`v=DKIM1; t=y; p=${publicKey(1024)}`)}`,
      '_mta-sts IN TXT "v=STSv1; id=1"',
      `mta-sts IN A ${at(21)}`,
    ],
  });
  const nghi = await makeZone(folder, {
    origin: 'nghi.vn',
    lines: [...nameServer, '@ IN MX 0 .', '@ IN TXT "v=spf1 -all"', '_dmarc IN TXT "v=DMARC1; p=reject"'],
  });
  const ngoai = await makeZone(folder, {
    origin: 'ngoai.vn',
    lines: [...nameServer, '@ IN MX 10 mx.nha-cung-cap.test.'],
  });
  const lech = await makeZone(folder, {
    origin: 'lech.vn',
    lines: [...nameServer, '@ IN MX 10 mail', `mail IN A ${at(10)}`, `_25._tcp.mail IN TLSA 3 1 1 ${'00'.repeat(32)}`],
    sign: signed,
  });
  const agreed = await makeZone(folder, {
    origin: 'bao-cao.vn',
    lines: [...nameServer, 'tot.vn._report._dmarc IN TXT "v=DMARC1"'],
  });
  const provider = await makeZone(folder, {
    origin: 'nha-cung-cap.test',
    lines: [...nameServer, `mx IN A ${at(99)}`],
  });
  const reverse = await makeZone(folder, {
    origin: 'in-addr.arpa',
    lines: [...nameServer, `${at(10).split('.').toReversed().join('.')} IN PTR mail.tot.vn.`],
  });
  const children = [tot, xau, nghi, ngoai, lech, agreed];
  const vn = await makeZone(folder, {
    origin: 'vn',
    lines: [...nameServer, ...children.flatMap((child) => delegate(child, 'vn', at(53)))],
    sign: signed,
  });
  const root = await makeZone(folder, {
    origin: '.',
    lines: [
      '@ IN NS ns.lab-root.',
      `ns.lab-root. IN A ${at(53)}`,
      ...[vn, reverse, provider].flatMap((child) => delegate(child, '', at(53))),
    ],
    sign: signed,
  });
  return [root, vn, reverse, provider, ...children];
}

function delegate({ origin, ds }: ZoneFile, parent: string, address: string): readonly string[] {
  const name = parent === '' ? `${origin}.` : origin.slice(0, -parent.length - 1);
  return [`${name} IN NS ns.${origin}.`, `ns.${name} IN A ${address}`, ds];
}

/** A string of a zone file holds at most 255 bytes. */
function quoted(text: string): string {
  return (text.match(/.{1,250}/g) ?? []).map((part) => `"${part}"`).join(' ');
}

function publicKey(bits: number): string {
  const { publicKey: key } = generateKeyPairSync('rsa', { modulusLength: bits });
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}
