import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNames } from './names.ts';
import { makeCertificate, type CertificateWish, type Identity } from '../servers/certificates.ts';
import {
  startHttp,
  startHttps,
  startNginxIfHere,
  startSilence,
  startSshdIfHere,
  startTalker,
  type Stop,
} from './servers.ts';

/** The servers of `inventory/lai-chau.example.yaml`, each with its chosen flaws, on loopback addresses. */
export type Lab = {
  /** Folder with the root certificate that the good servers' chains end in. */
  readonly trust: string;
  /** What runs as the real program rather than in this process. */
  readonly programs: readonly string[];
  /** Connections heard at addresses that no document covers; must stay 0. */
  readonly heardOutOfScope: () => number;
  readonly stop: () => Promise<void>;
};

const goodHeaders = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'Content-Security-Policy': "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'geolocation=(), camera=(), microphone=()',
};
const modern = { minVersion: 'TLSv1.2' } as const;
const page = (title: string, extra = '') =>
  `<!doctype html><html lang="vi"><head><title>${title}</title>${extra}</head><body><h1>${title}</h1></body></html>`;
const login = '<form method="post" action="/dang-nhap"><input name="u"><input type="password" name="p"></form>';

/** Starts the whole lab; `folder` holds what the programs write. */
export async function startLab(folder: string): Promise<Lab> {
  const root = await makeCertificate({ name: 'CA thử nghiệm tỉnh Lai Châu', isCa: true, untilDays: 3650 });
  const trust = join(folder, 'trust');
  mkdirSync(trust);
  writeFileSync(join(trust, 'demo-root.pem'), root.certPem);
  const issue = (name: string, wish: Partial<CertificateWish> = {}): Promise<Identity> =>
    makeCertificate({ name, issuer: root, ...wish });

  const silences = await Promise.all([startSilence('127.20.66.10', 8443), startSilence('127.20.99.10', 8443)]);
  const programs: string[] = [];
  const stops: Stop[] = silences.map((silence) => silence.stop);
  const add = async (...servers: readonly Promise<Stop>[]) => {
    stops.push(...(await Promise.all(servers)));
  };

  await startPortal(folder, await issue('portal.lai-chau.example'), add, programs);
  await startOneStop(
    await issue('motcua.lai-chau.example', { algorithm: 'RSA-2048', fromDays: -400, untilDays: -12 }),
    add,
  );
  await startOffice(issue, add);
  await startHealth(issue, add);
  await startEducation(issue, add);
  await startDevices(folder, add, programs);
  await add(
    startHttps(
      '127.20.5.10',
      8443,
      await issue('lgsp.lai-chau.example'),
      { headers: goodHeaders, body: page('LGSP') },
      modern,
    ),
    startHttp('127.20.10.10', 8080, {
      headers: { Server: 'Microsoft-IIS/7.5', 'X-Powered-By': 'ASP.NET' },
      body: page('Phường Tân Phong'),
    }),
  );
  await add(startNames('127.20.0.53', 5353));
  const tarpit = await startSilence('127.20.11.10', 8443);
  stops.push(tarpit.stop);

  return {
    trust,
    programs,
    heardOutOfScope: () => silences.reduce((sum, silence) => sum + silence.heard(), 0),
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

type Add = (...servers: readonly Promise<Stop>[]) => Promise<void>;
type Issue = (name: string, wish?: Partial<CertificateWish>) => Promise<Identity>;

/** A good portal: nginx where it is installed, this process elsewhere. */
async function startPortal(folder: string, identity: Identity, add: Add, programs: string[]): Promise<void> {
  writeFileSync(join(folder, 'portal.crt'), identity.certPem);
  writeFileSync(join(folder, 'portal.key'), identity.keyPem, { mode: 0o600 });
  const headers = Object.entries(goodHeaders).map(([name, value]) => `add_header ${name} "${value}" always;`);
  const nginx = await startNginxIfHere(
    folder,
    `server { listen 127.20.1.10:8443 ssl; ssl_certificate ${folder}/portal.crt; ssl_certificate_key ${folder}/portal.key;
       ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305;
       ${headers.join(' ')} return 200 '${page('Cổng Thông tin điện tử')}'; }
     server { listen 127.20.1.10:8080; return 301 https://portal.lai-chau.example:8443$request_uri; }`,
    { host: '127.20.1.10', port: 8443 },
  );
  if (nginx !== undefined) {
    programs.push('nginx');
    await add(Promise.resolve(nginx));
    return;
  }
  await add(
    startHttps('127.20.1.10', 8443, identity, { headers: goodHeaders, body: page('Cổng Thông tin điện tử') }, modern),
    startHttp('127.20.1.10', 8080, { status: 301, headers: { Location: 'https://portal.lai-chau.example:8443/' } }),
  );
}

/** An old one-stop portal: TLS 1.0, an expired certificate, an old stack that tells its versions. */
async function startOneStop(identity: Identity, add: Add): Promise<void> {
  const headers = {
    Server: 'Apache/2.4.29 (Ubuntu)',
    'X-Powered-By': 'PHP/7.2.24-0ubuntu0.18.04.17',
    'Set-Cookie': ['PHPSESSID=4f1d; path=/', 'lang=vi; path=/'],
  };
  await add(
    startHttps(
      '127.20.2.10',
      8443,
      identity,
      { headers, body: page('Một cửa điện tử', login) },
      {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.2',
        ciphers: 'ALL:@SECLEVEL=0',
      },
    ),
    startHttp('127.20.2.10', 8080, { status: 302, headers: { Location: 'https://motcua.lai-chau.example:8443/' } }),
  );
}

/** Documents (self-signed), mail (another name's certificate) and nothing at all for the meetings. */
async function startOffice(issue: Issue, add: Add): Promise<void> {
  const headers = { Server: 'Apache-Coyote/1.1', 'Set-Cookie': 'JSESSIONID=09AF; Path=/; HttpOnly' };
  await add(
    startHttps(
      '127.20.3.10',
      8443,
      await makeCertificate({ name: 'vanban.lai-chau.example' }),
      { headers, body: page('Quản lý văn bản') },
      modern,
    ),
    startTalker(
      '127.20.4.10',
      2525,
      '220 mail.lai-chau.example ESMTP Postfix (Debian/GNU)\r\n',
      '250 mail.lai-chau.example\r\n',
    ),
    startHttps(
      '127.20.4.10',
      9443,
      await issue('may-chu-cu.example'),
      { headers: goodHeaders, body: page('Thư công vụ') },
      modern,
    ),
  );
}

/** Health: a login form in clear, a certificate about to end; a website with weak cookies and no policy. */
async function startHealth(issue: Issue, add: Add): Promise<void> {
  await add(
    startHttps(
      '127.20.7.10',
      8443,
      await issue('hssk.lai-chau.example', { fromDays: -170, untilDays: 9 }),
      {
        headers: { ...goodHeaders, Server: 'nginx' },
        body: page('Hồ sơ sức khỏe', login),
      },
      modern,
    ),
    startHttp('127.20.7.10', 8080, { headers: { Server: 'nginx' }, body: page('Hồ sơ sức khỏe', login) }),
    startHttps(
      '127.20.7.20',
      8443,
      await issue('soyte.lai-chau.example'),
      {
        headers: {
          'Strict-Transport-Security': 'max-age=300',
          'X-Content-Type-Options': 'nosniff',
          'X-Frame-Options': 'SAMEORIGIN',
          'Set-Cookie': 'PHPSESSID=77aa; path=/; HttpOnly',
        },
        body: page('Sở Y tế', '<meta name="generator" content="WordPress 5.8.1">'),
      },
      modern,
    ),
  );
}

/** Education: versions told and a database open; a key too short and no forward secrecy. */
async function startEducation(issue: Issue, add: Add): Promise<void> {
  const mysql = Buffer.from(`\x4a\0\0\0\x0a5.5.62-0ubuntu0.14.04.1\0${'\x01'.repeat(50)}`, 'latin1');
  await add(
    startHttps(
      '127.20.8.10',
      8443,
      await issue('csdl-gd.lai-chau.example'),
      {
        headers: { Server: 'nginx/1.14.0 (Ubuntu)', 'X-Powered-By': 'PHP/5.6.40' },
        body: page('CSDL ngành giáo dục'),
      },
      modern,
    ),
    startTalker('127.20.8.10', 3306, mysql),
    startHttps(
      '127.20.8.20',
      8443,
      await issue('tuyensinh.lai-chau.example', { algorithm: 'RSA-1024' }),
      {
        headers: { Server: 'Apache' },
        body: page('Tuyển sinh đầu cấp'),
      },
      { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:AES256-SHA:AES128-GCM-SHA256:@SECLEVEL=0' },
    ),
  );
}

/** The data centre's SSH (real where installed) with an undeclared Redis; a camera with Telnet and FTP. */
async function startDevices(folder: string, add: Add, programs: string[]): Promise<void> {
  const sshd = await startSshdIfHere(folder, '127.20.6.10', 2222);
  if (sshd !== undefined) programs.push('sshd');
  await add(
    sshd === undefined ? startTalker('127.20.6.10', 2222, 'SSH-2.0-OpenSSH_7.4\r\n') : Promise.resolve(sshd),
    startTalker('127.20.6.10', 6379, '', "-ERR unknown command 'x'\r\n"),
    startHttp('127.20.9.10', 8080, { headers: { Server: 'Boa/0.94.13' }, body: page('Camera', login) }),
    startTalker('127.20.9.10', 2323, Buffer.from('\xff\xfd\x18\xff\xfd\x20BusyBox v1.19.4 login: ', 'latin1')),
    startTalker('127.20.9.10', 2121, '220 (vsFTPd 2.3.4)\r\n', '530 Please login with USER and PASS.\r\n'),
  );
}
