import type { LabCertificate } from './tls-certificates.ts';
import type { NginxServer } from './tls-lab.ts';

const intermediateSuites =
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:' +
  'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:' +
  'DHE-RSA-CHACHA20-POLY1305';

const certificateLines = (certificates: readonly LabCertificate[]) =>
  certificates.flatMap(({ chain, key }) => [`ssl_certificate ${chain}`, `ssl_certificate_key ${key}`]);

/** The three configurations of Mozilla's guide, with whatever certificates, as nginx directives. */
export const nginxTls = {
  modern: (...certificates: LabCertificate[]) => ['ssl_protocols TLSv1.3', ...certificateLines(certificates)],
  intermediate: (...certificates: LabCertificate[]) => [
    'ssl_protocols TLSv1.2 TLSv1.3',
    `ssl_ciphers ${intermediateSuites}`,
    'ssl_prefer_server_ciphers off',
    ...certificateLines(certificates),
  ],
  /** Without SECLEVEL=0 OpenSSL 3 silently serves no TLS 1.0 and 1.1. */
  old: (...certificates: LabCertificate[]) => [
    'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3',
    'ssl_ciphers ALL:!aNULL:@SECLEVEL=0',
    'ssl_prefer_server_ciphers on',
    ...certificateLines(certificates),
  ],
} as const;

/** A server on one address, port 443. */
export function onAddress(host: string, directives: readonly string[]): NginxServer {
  return { listen: [{ host, port: 443 }], directives };
}
