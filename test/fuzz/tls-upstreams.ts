import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTlsProtocols, type StartTls } from '../../src/model/facts/tls.ts';
import type { LabCertificates } from '../servers/tls-certificates.ts';
import { nginxTls } from '../servers/tls-configs.ts';
import { startNginx } from '../servers/tls-lab.ts';
import { startServer, type RunningServer } from '../servers/process.ts';
import type { Place } from './tls-server.ts';

/** A real server to stand before, and what it speaks before TLS. */
export type Upstream = { readonly place: Place; readonly startTls?: StartTls };

/** Where the process of the fuzzed servers puts its own servers that begin in clear. */
export const clearPlace = (network: string): Place => ({ host: `${network}.201`, port: 4100 });
const oldNode = process.env['RASOAT_OLD_NODE'] ?? '/tmp/old/node-v0.10.0-linux-x64/bin/node';

/** Debian's nginx in several configurations, and an old Node for SSLv2 where there is one. */
export async function startUpstreams(
  network: string,
  dir: string,
  { rsa, ec, ed25519 }: LabCertificates,
): Promise<{ readonly upstreams: readonly Upstream[]; readonly stop: () => Promise<void> }> {
  const [host, clear] = [`${network}.200`, clearPlace(network)];
  const configurations = [
    nginxTls.intermediate(rsa, ec),
    nginxTls.modern(rsa, ec),
    nginxTls.modern(ed25519),
    nginxTls.old(rsa, ec),
    ['ssl_verify_client optional', `ssl_client_certificate ${join(dir, 'root.crt')}`, ...nginxTls.intermediate(rsa)],
    ['ssl_session_tickets off', 'ssl_session_cache shared:s:1m', 'ssl_early_data on', ...nginxTls.intermediate(ec)],
    ['ssl_protocols TLSv1 TLSv1.1', 'ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0', ...certificate(rsa)],
  ];
  const servers: RunningServer[] = [
    await startNginx({
      dir,
      servers: configurations.map((directives, index) => ({ listen: [{ host, port: 4000 + index }], directives })),
    }),
  ];
  const places = configurations.map((_, index) => ({ host, port: 4000 + index }));
  if (existsSync(oldNode)) {
    const place = { host, port: 4050 };
    servers.push(await startOldNode(dir, place, rsa));
    places.push(place, place);
  }
  const inClear = startTlsProtocols.map((startTls, index) => ({
    place: { host: clear.host, port: clear.port + index },
    startTls,
  }));
  return {
    upstreams: [...places.map((place) => ({ place })), ...inClear],
    stop: async () => {
      for (const server of servers) await server.stop();
    },
  };
}

function certificate({ chain, key }: LabCertificates['rsa']): string[] {
  return [`ssl_certificate ${chain}`, `ssl_certificate_key ${key}`];
}

async function startOldNode(dir: string, place: Place, { chain, key }: LabCertificates['rsa']): Promise<RunningServer> {
  const script = join(dir, 'old-upstream.js');
  await writeFile(
    script,
    `var fs = require('fs');
process.on('uncaughtException', function () {});
require('https').createServer({ key: fs.readFileSync('${key}'), cert: fs.readFileSync('${chain}'),
  ciphers: 'ALL:COMPLEMENTOFALL', secureProtocol: 'SSLv23_method', secureOptions: 0 },
  function (q, r) { r.end('ok'); }).listen(${place.port}, '${place.host}');`,
  );
  return startServer(oldNode, [script], [place]);
}
