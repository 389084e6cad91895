import type { ControlKind } from '../../model/inventory/control.ts';

/** Where one of our reference servers stands. */
export type NginxOptions = {
  readonly expects: ControlKind;
  /** Literal address, of either family. */
  readonly address: string;
  /** Port of HTTPS. */
  readonly port: number;
  /** Name in its certificate; absent: the address itself. */
  readonly name?: string;
  /** Folder on the server that holds the certificate and its key. */
  readonly folder: string;
};

/** Port of a database with a web face (Elasticsearch's) that the bad one leaves open. */
export const openPort = 9200;

/** A service that the bad one is said to have and has not. */
export const absentPort = 8990;

/** Mozilla's intermediate configuration, as our own fixes have it. */
const goodTls = `  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;
  ssl_prefer_server_ciphers off;
  ssl_session_tickets off;`;

/** SECLEVEL=0: OpenSSL 3 serves no TLS 1.0 and 1.1 above it. No TLS 1.3, and suites without forward secrecy. */
const badTls = `  ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
  ssl_ciphers AES128-SHA:AES256-SHA:ECDHE-RSA-AES128-SHA:@SECLEVEL=0;
  ssl_prefer_server_ciphers on;`;

const goodAnswers = `  server_tokens off;
  add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
  add_header Content-Security-Policy "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" always;
  add_header X-Content-Type-Options nosniff always;
  add_header Referrer-Policy no-referrer always;
  location = / {
    default_type "text/html; charset=utf-8";
    return 200 "<!doctype html><html lang=vi><title>__TITLE__</title><p>__TITLE__</p></html>";
  }
  location / {
    return 404;
  }`;

const badAnswers = `  server_tokens on;
  add_header X-Powered-By "PHP/5.6.40" always;
  location = / {
    default_type "text/html; charset=utf-8";
    return 200 "<!doctype html><html lang=vi><head><meta name=generator content='WordPress 4.9.8'><title>__TITLE__</title></head><p>__TITLE__</p></html>";
  }
  location = /.git/HEAD {
    default_type text/plain;
    return 200 "ref: refs/heads/main\\n";
  }
  location / {
    return 404;
  }`;

/** The `http {}` part of nginx's configuration for a reference server, with a title for its page. */
export function controlNginx(options: NginxOptions, title: string): string {
  const { expects, address, port, folder } = options;
  const at = address.includes(':') ? `[${address}]` : address;
  const good = expects === 'good';
  const own = `${folder}/rasoat-${expects}`;
  const server = (listen: readonly string[], body: string): string =>
    ['server {', ...listen.map((one) => `  listen ${one};`), body, '}'].join('\n');
  const answers = (good ? goodAnswers : badAnswers).replaceAll('__TITLE__', title);
  const certificate = `  ssl_certificate ${own}.pem;\n  ssl_certificate_key ${own}.key;`;
  const clear = good ? `  server_tokens off;\n  return 301 https://$host$request_uri;` : answers;
  return [
    server([`${at}:${port} ssl`], `  server_name ${options.name ?? '_'};\n${good ? goodTls : badTls}\n${certificate}\n${answers}`),
    ...(port === 443 ? [server([`${at}:80`], clear)] : []),
    ...(good ? [] : [server([`${at}:${openPort}`], '  return 404;')]),
  ].join('\n');
}
