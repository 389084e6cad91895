import { softwareFromBanner } from '../software/from-banner.ts';

/** What a banner shows, in nmap's words for services and our normalised names for products. */
export type Recognised = {
  readonly service?: string;
  readonly product?: string;
  readonly version?: string;
  /** The system and the further products that the banner names: `debian; openssl 3.0.11`. */
  readonly extra?: string;
};

/**
 * Names the service behind a banner. Pure and total: any bytes give an answer, `{}` when they tell nothing. The port only
 * decides between protocols whose greetings look alike (FTP and SMTP both say 220).
 */
export function recognise(port: number, banner: Uint8Array): Recognised {
  const text = Buffer.from(banner.subarray(0, 1024)).toString('latin1');
  const service = serviceOf(port, text);
  return service === undefined ? {} : namedBy(service, text, port);
}

/** A service that is known, with the product that its words name. */
export function namedBy(service: string, text: string, port: number): Recognised {
  const [first, ...others] = softwareFromBanner(service, text, port).filter(({ source }) => source !== 'http.cookie');
  if (first === undefined) return { service };
  const extra = [first.os, ...others.map(({ product, version }) => [product, version].filter(Boolean).join(' '))]
    .filter((part) => part !== undefined)
    .join('; ')
    .slice(0, 512);
  return {
    service,
    product: first.product,
    ...(first.version === undefined ? {} : { version: first.version }),
    ...(extra === '' ? {} : { extra }),
  };
}

/** Greetings that no other protocol gives. */
const greetings: readonly (readonly [RegExp, string])[] = [
  [/^SSH-\d/, 'ssh'],
  [/^HTTP\/1\.\d 200[^]*trying to access MongoDB over HTTP/, 'mongodb'],
  [/^HTTP\/\d/, 'http'],
  [/^RTSP\/\d/, 'rtsp'],
  [/^SIP\/\d/, 'sip'],
  [/^RFB \d{3}\.\d{3}/, 'vnc'],
  [/^\* (?:OK|PREAUTH|BYE)\b/i, 'imap'],
  [/^\+OK\b/, 'pop3'],
  [/^(?:\+PONG|-NOAUTH|-DENIED Redis)/, 'redis'],
  [/^-ERR (?:unknown command|wrong number|operation not permitted|Protocol error)/i, 'redis'],
  [/^VERSION \d[\w.]*\r?\n/, 'memcached'],
  [/^@RSYNCD: \d/, 'rsync'],
  [/^AMQP/, 'amqp'],
  // Connection.Start of AMQP 0-9-1 (class 10, method 10) on channel 0.
  [/^\x01\0\0.{4}\0\x0a\0\x0a\0\x09/s, 'amqp'],
  [/^Asterisk Call Manager/, 'asterisk'],
  [/^"IMPLEMENTATION"/, 'sieve'],
  [/^20[01][ -][^\r\n]*\bNNTP/i, 'nntp'],
  [/^.{3}\0\x0a[\x20-\x7e]{1,127}\0/s, 'mysql'],
  [/^.{3}\0\xff..[^]{0,12}Host [^]* is (?:not allowed|blocked)/s, 'mysql'],
  [/^\x03\0\0.[\x06-\x0e]\xd0/s, 'ms-wbt-server'],
  [/^\x04\x01..\0\0.\0\0/s, 'ms-sql-s'],
  [/^\xff[\xfb-\xfe]/, 'telnet'],
  [/^.{0,8}ActiveMQ/s, 'apachemq'],
  [/^E[^]{4}S(?:FATAL|ERROR)\0/, 'postgresql'],
];

const ftpPorts = new Set([20, 21, 990, 2121]);
const smtpPorts = new Set([25, 465, 587, 2525]);
const popPorts = new Set([110, 995]);

function serviceOf(port: number, text: string): string | undefined {
  const certain = greetings.find(([pattern]) => pattern.test(text))?.[1];
  if (certain !== undefined) return certain;
  if (/^(?:220|421|450|530|550|554)[ -]/.test(text)) return mailOrFile(port, text);
  if (popPorts.has(port) && text.startsWith('-ERR')) return 'pop3';
  if (port === 5432 && /^[SN]$/.test(text)) return 'postgresql';
  if ((port === 23 || port === 2323) && /(?:login|username|password|user access)/i.test(text)) return 'telnet';
  return undefined;
}

function mailOrFile(port: number, text: string): string | undefined {
  if (/\bE?SMTP\b/i.test(text)) return 'smtp';
  if (/FTP/i.test(text)) return 'ftp';
  if (ftpPorts.has(port)) return 'ftp';
  return smtpPorts.has(port) ? 'smtp' : undefined;
}
