import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../../servers/certificates.ts';
import { runNginx } from '../../servers/nginx.ts';

export const securePort = 18443;
export const plainPort = 18080;

export type WebFleet = { readonly addresses: readonly string[]; readonly stop: () => Promise<void> };

/** A page of about 20 kB, as long as a portal's front page. */
const page = `<!doctype html><html lang=vi><head><title>Cổng thông tin điện tử</title></head><body>${'<p>Thủ tục hành chính, văn bản, tin tức và liên hệ.</p>'.repeat(300)}</body></html>`;

/** So many web endpoints on addresses of their own: https with a page, and http that redirects to it. One nginx. */
export async function startWebFleet(size: number): Promise<WebFleet> {
  const folder = await mkdtemp(join(tmpdir(), 'rasoat-bench-web-'));
  const addresses = Array.from({ length: size }, (_, at) => `127.90.${Math.floor(at / 250)}.${(at % 250) + 1}`);
  const { certPem, keyPem } = await makeCertificate({ name: 'portal.test', names: ['portal.test'] });
  await Promise.all([
    writeFile(join(folder, 'cert.pem'), certPem),
    writeFile(join(folder, 'key.pem'), keyPem),
    writeFile(join(folder, 'index.html'), page),
  ]);
  const listen = (port: number, how: string) => addresses.map((one) => `listen ${one}:${port} ${how};`).join('\n');
  const server = await runNginx(
    folder,
    `types { text/html html; } root ${folder}; keepalive_timeout 5;
     ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem; ssl_session_cache off; ssl_session_tickets off;
     server { ${listen(securePort, 'ssl')} add_header Strict-Transport-Security "max-age=31536000" always; }
     server { ${listen(plainPort, '')} return 301 https://$host:${securePort}$request_uri; }`,
    [{ host: addresses.at(-1) ?? '', port: securePort }],
  );
  return {
    addresses,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
