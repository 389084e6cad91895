import type { ControlKind } from '../../model/inventory/control.ts';

/** Where one of our reference servers stands. */
export type ReferenceServer = {
  readonly expects: ControlKind;
  /** Literal address, of either family. */
  readonly address: string;
  /** Port of HTTPS; on 443 the unencrypted side is served too. */
  readonly port: number;
  /** Name that it is reached by; absent: its address. */
  readonly name?: string;
  /** Folder on the server that holds the certificate and its key. */
  readonly folder: string;
};

/** Port of a database with a web face (Elasticsearch's) that the bad one leaves open. */
const openPort = 9200;
/** A service that the bad one is said to have and has not. */
const absentPort = 8990;

/** Mozilla's intermediate configuration, as our own fixes have it. */
const goodTls = `  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305;
  ssl_prefer_server_ciphers off;
  ssl_session_tickets off;`;

/** SECLEVEL=0: OpenSSL 3 serves no TLS 1.0 and 1.1 above it. No TLS 1.3, and suites without forward secrecy. */
const badTls = `  ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
  ssl_ciphers AES128-SHA:AES256-SHA:ECDHE-RSA-AES128-SHA:@SECLEVEL=0;
  ssl_prefer_server_ciphers on;`;

const goodAnswers = (page: string): string => `  server_tokens off;
  add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
  add_header Content-Security-Policy "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" always;
  add_header X-Content-Type-Options nosniff always;
  add_header Referrer-Policy no-referrer always;
  location = / {
    default_type "text/html; charset=utf-8";
    return 200 "<!doctype html><html lang=vi><title>${page}</title><p>${page}</p></html>";
  }
  location / {
    return 404;
  }`;

/** Tells versions, sends no policy, and serves what a deployment by git leaves behind. */
const badAnswers = (page: string): string => `  server_tokens on;
  add_header X-Powered-By "PHP/5.6.40" always;
  location = / {
    default_type "text/html; charset=utf-8";
    return 200 "<!doctype html><html lang=vi><meta name=generator content='WordPress 4.9.8'><title>${page}</title><p>${page}</p></html>";
  }
  location = /.git/HEAD {
    default_type text/plain;
    return 200 "ref: refs/heads/main\\n";
  }
  location / {
    return 404;
  }`;

/** `server {}` blocks for nginx's `http {}`. `page`: what stands on its only page; text without quotes or `$`. */
export function nginxConfiguration(server: ReferenceServer, page: string): string {
  const { expects, address, port, name, folder } = server;
  const good = expects === 'good';
  const at = address.includes(':') ? `[${address}]` : address;
  const block = (listen: string, lines: string): string => `server {\n  listen ${listen};\n${lines}\n}`;
  const answers = (good ? goodAnswers : badAnswers)(page);
  const { certificate, key } = filesOf(server);
  return [
    block(
      `${at}:${String(port)} ssl`,
      [
        `  server_name ${name ?? '_'};`,
        `  ssl_certificate ${folder}/${certificate};`,
        `  ssl_certificate_key ${folder}/${key};`,
        good ? goodTls : badTls,
        answers,
      ].join('\n'),
    ),
    ...(port === 443
      ? [block(`${at}:80`, good ? '  server_tokens off;\n  return 301 https://$host$request_uri;' : answers)]
      : []),
    ...(good ? [] : [block(`${at}:${String(openPort)}`, '  return 404;')]),
  ].join('\n');
}

/**
 * The command that makes its certificate, for ten years: that it runs out would be our server's change. The bad one's names another
 * host. Roots do not matter: nothing is expected of trust.
 */
export function certificateCommand(server: ReferenceServer): string {
  const { expects, address, name, folder } = server;
  const { certificate, key } = filesOf(server);
  const good = expects === 'good';
  const kind = good ? 'ec -pkeyopt ec_paramgen_curve:prime256v1' : 'rsa:2048';
  const alternative = good ? (name === undefined ? `IP:${address}` : `DNS:${name}`) : 'DNS:khac.invalid';
  return [
    `openssl req -x509 -newkey ${kind} -nodes -days 3650`,
    `-subj "/CN=rasoat-${expects}" -addext "subjectAltName=${alternative}"`,
    `-keyout ${folder}/${key} -out ${folder}/${certificate}`,
  ].join(' \\\n  ');
}

function filesOf({ expects }: ReferenceServer): { readonly certificate: string; readonly key: string } {
  return { certificate: `rasoat-${expects}.pem`, key: `rasoat-${expects}.key` };
}

/** Lines for `zones[].controls`: its site, and its host with what it is said to serve. */
export function inventoryLines(server: ReferenceServer): readonly string[] {
  const { expects, address, port, name } = server;
  const host = name ?? address;
  const authority = host.includes(':') ? `[${host}]` : host;
  const url = `https://${authority}${port === 443 ? '' : `:${String(port)}`}/`;
  const pinned = name === undefined ? '' : `, addresses: ['${address}']`;
  const good = expects === 'good';
  const ports = [
    ...(port === 443 ? ['{ port: 80 }'] : []),
    `{ port: ${String(port)}, tls: true }`,
    ...(good ? [] : [`{ port: ${String(openPort)} }`, `{ port: ${String(absentPort)} }`]),
  ];
  const id = `doi-chung-${good ? 'tot' : 'xau'}-${address.includes(':') ? '6' : '4'}`;
  return [
    `- { id: ${id}, expects: ${expects}, endpoint: { kind: web, url: '${url}'${pinned} } }`,
    `- id: ${id}-cong`,
    `  expects: ${expects}`,
    `  endpoint: { kind: host, host: '${host}'${pinned}, services: [${ports.join(', ')}] }`,
  ];
}
