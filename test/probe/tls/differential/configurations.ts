import { join } from 'node:path';
import type { LabCertificate, LabCertificates } from '../../../servers/tls-certificates.ts';
import { nginxTls } from '../../../servers/tls-configs.ts';

/** One configuration of a server that Debian ships. The id is what `blindness.ts` names. */
export type Configuration = { readonly id: string } & (
  | { readonly kind: 'nginx'; readonly directives: readonly string[] }
  | { readonly kind: 'apache'; readonly directives: readonly string[] }
  | { readonly kind: 's_server'; readonly args: readonly string[] }
);

/** Every configuration; `dir` is where the certificates are, and a `dh1024.pem`. */
export function configurations(dir: string, { rsa, ec, ed25519 }: LabCertificates): readonly Configuration[] {
  const nginx = (
    id: string,
    protocols: string,
    suites: string,
    certificates: readonly LabCertificate[],
    ...more: string[]
  ) => ({
    ...{ id, kind: 'nginx' as const },
    directives: [
      `ssl_protocols ${protocols}`,
      `ssl_ciphers ${suites}`,
      ...more,
      ...certificates.flatMap(nginxCertificate),
    ],
  });
  const apache = (id: string, protocols: string, suites: string) => ({
    ...{ id, kind: 'apache' as const },
    directives: [
      `SSLProtocol ${protocols}`,
      `SSLCipherSuite ${suites}`,
      `SSLCertificateFile ${rsa.chain}`,
      `SSLCertificateKeyFile ${rsa.key}`,
    ],
  });
  const sServer = (id: string, { chain, key }: LabCertificate, ...args: string[]) => ({
    ...{ id, kind: 's_server' as const },
    args: ['-cert', chain, '-cert_chain', chain, '-key', key, ...args],
  });
  return [
    { id: 'nginx modern', kind: 'nginx', directives: nginxTls.modern(ec) },
    { id: 'nginx intermediate', kind: 'nginx', directives: nginxTls.intermediate(rsa, ec) },
    { id: 'nginx old', kind: 'nginx', directives: nginxTls.old(rsa, ec) },
    nginx('nginx everything', 'TLSv1 TLSv1.1 TLSv1.2 TLSv1.3', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0', [rsa]),
    nginx('nginx TLS 1.0 and 1.1', 'TLSv1 TLSv1.1', 'ALL:@SECLEVEL=0', [rsa, ec], 'ssl_prefer_server_ciphers on'),
    nginx('nginx DHE 1024', 'TLSv1.2', 'DHE:!aNULL:@SECLEVEL=0', [rsa], `ssl_dhparam ${join(dir, 'dh1024.pem')}`),
    nginx('nginx RSA key exchange', 'TLSv1.2', 'kRSA:!aNULL', [rsa]),
    nginx('nginx CBC', 'TLSv1.1 TLSv1.2', 'AES128-SHA:AES256-SHA256:ECDHE-RSA-AES256-SHA384:@SECLEVEL=0', [rsa]),
    nginx('nginx Ed25519', 'TLSv1.2 TLSv1.3', 'ECDHE', [ed25519]),
    nginx('nginx anonymous', 'TLSv1.2', 'aNULL:!eNULL:@SECLEVEL=0', [rsa]),
    nginx('nginx NULL', 'TLSv1 TLSv1.2', 'eNULL:@SECLEVEL=0', [rsa]),
    nginx(
      'nginx client certificate',
      'TLSv1.2 TLSv1.3',
      'ECDHE',
      [ec],
      'ssl_verify_client on',
      `ssl_client_certificate ${join(dir, 'root.crt')}`,
    ),
    nginx('nginx one suite', 'TLSv1.2', 'ECDHE-RSA-CHACHA20-POLY1305', [rsa]),
    nginx('nginx ARIA and Camellia', 'TLSv1.2', 'ARIA:CAMELLIA:@SECLEVEL=0', [rsa, ec]),
    apache('apache all', 'all', 'ALL:!aNULL:@SECLEVEL=0'),
    apache('apache TLS 1.2', '-all +TLSv1.2', 'HIGH:!aNULL'),
    sServer(
      's_server CCM-8 on X448',
      ed25519,
      '-tls1_3',
      '-ciphersuites',
      'TLS_AES_128_CCM_8_SHA256',
      '-groups',
      'X448',
    ),
    sServer('s_server all of TLS 1.3', rsa, '-tls1_3', '-ciphersuites', tls13Suites),
    sServer('s_server P-521 alone', rsa, '-tls1_2', '-groups', 'P-521', '-cipher', 'ECDHE'),
    sServer(
      's_server server preference',
      rsa,
      '-serverpref',
      '-cipher',
      'AES256-SHA:AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256',
    ),
  ];
}

const tls13Suites = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_CCM_SHA256',
  'TLS_AES_128_CCM_8_SHA256',
].join(':');

function nginxCertificate({ chain, key }: LabCertificate): string[] {
  return [`ssl_certificate ${chain}`, `ssl_certificate_key ${key}`];
}
