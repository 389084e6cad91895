import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHttp, startHttps, startNginxIfHere } from '../servers.ts';
import { aged, goodHeaders, login, modern, page, type Bench } from './tools.ts';

/** A good portal: nginx where it is installed, this process elsewhere. */
export async function startPortal({ folder, issue, add, runs }: Bench): Promise<void> {
  const identity = await issue('portal.lai-chau.example', {
    names: ['portal.lai-chau.example', 'srv-portal.lai-chau.example'],
  });
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
    runs('nginx');
    await add(Promise.resolve(nginx));
    return;
  }
  await add(
    startHttps('127.20.1.10', 8443, identity, { headers: goodHeaders, body: page('Cổng Thông tin điện tử') }, modern),
    startHttp('127.20.1.10', 8080, { status: 301, headers: { Location: 'https://portal.lai-chau.example:8443/' } }),
  );
}

/** As `aged`, with suites that use no certificate at all. */
const anonymous = { ...aged, ciphers: 'ALL:@SECLEVEL=0' };

/** An old one-stop portal: TLS 1.0, anonymous suites, an expired certificate, an old stack that tells its versions. */
export async function startOneStop({ issue, add }: Bench): Promise<void> {
  const identity = await issue('motcua.lai-chau.example', { algorithm: 'RSA-2048', fromDays: -400, untilDays: -12 });
  const headers = {
    Server: 'Apache/2.4.29 (Ubuntu)',
    'X-Powered-By': 'PHP/7.2.24-0ubuntu0.18.04.17',
    'Set-Cookie': ['PHPSESSID=4f1d; path=/', 'lang=vi; path=/'],
  };
  await add(
    startHttps('127.20.2.10', 8443, identity, { headers, body: page('Một cửa điện tử', login) }, anonymous),
    startHttp('127.20.2.10', 8080, { status: 302, headers: { Location: 'https://motcua.lai-chau.example:8443/' } }),
  );
}
