import { readFileSync } from 'node:fs';
import { makeCertificates, type LabCertificates } from '../../servers/tls-certificates.ts';
import { nginxTls } from '../../servers/tls-configs.ts';
import { labDirectory, startNginx } from '../../servers/tls-lab.ts';

export type HostKind = 'intermediate' | 'modern' | 'old';
export type FleetHost = { readonly address: string; readonly kind: HostKind };

export type Fleet = {
  readonly hosts: readonly FleetHost[];
  readonly certificates: LabCertificates;
  /** User and system time that the servers have used so far, s. */
  readonly serverCpu: () => number;
  /** Connections that the servers have accepted so far, this question's own included. */
  readonly accepted: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** Where nginx tells the serial number of the connection that asks, in clear. */
const statusUrl = 'http://127.0.9.2:8080/';

/** The suites of an "old" server: what Debian's OpenSSL still has of Mozilla's list. */
const oldSuites =
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:' +
  'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:' +
  'DHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA:' +
  'ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA:' +
  'DHE-RSA-AES128-SHA256:DHE-RSA-AES256-SHA256:AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA256:AES256-SHA256:' +
  'AES128-SHA:AES256-SHA:@SECLEVEL=0';

/**
 * `size` hosts, each an address of 127.0.10.1-127.0.34.200 on port 443, held by one nginx with one worker. Of each 200,
 * 80 are intermediate (TLS 1.2 and 1.3, RSA and ECDSA certificates), 60 modern (TLS 1.3 only), 60 old (TLS 1.0-1.3).
 */
export async function startFleet(size: number): Promise<Fleet> {
  const directory = await labDirectory();
  const certificates = await makeCertificates(directory.path);
  const hosts = Array.from({ length: size }, (_, index) => hostOf(index, size));
  const listensOf = (kind: HostKind) =>
    hosts.flatMap((host) => (host.kind === kind ? [{ host: host.address, port: 443 }] : []));
  const { rsa, ec } = certificates;
  const old = nginxTls.old(rsa, ec).map((line) => (line.startsWith('ssl_ciphers') ? `ssl_ciphers ${oldSuites}` : line));
  const nginx = await startNginx({
    dir: directory.path,
    servers: [
      { listen: listensOf('intermediate'), directives: nginxTls.intermediate(rsa, ec) },
      { listen: listensOf('modern'), directives: nginxTls.modern(ec) },
      { listen: listensOf('old'), directives: old },
      {
        listen: [{ host: '127.0.9.2', port: 8080, options: '' }],
        directives: ['return 200 $connection'],
      },
    ],
  });
  return {
    hosts,
    certificates,
    serverCpu: () => cpuOf(nginx.pid),
    accepted: async () => Number(await (await fetch(statusUrl, { headers: { connection: 'close' } })).text()),
    stop: async () => {
      await nginx.stop();
      await directory.remove();
    },
  };
}

function hostOf(index: number, size: number): FleetHost {
  const block = Math.min(size, 200);
  const [row, place] = [Math.floor(index / block), index % block];
  const kind = place < block * 0.4 ? 'intermediate' : place < block * 0.7 ? 'modern' : 'old';
  return { address: `127.0.${10 + row}.${1 + place}`, kind };
}

/** utime and stime of proc_pid_stat(5), in ticks of 10 ms. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
