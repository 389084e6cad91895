import { Type, type Static } from '@sinclair/typebox';
import { closed, list, oneOf, portNumber, text } from '../schema.ts';

/** Where a name or version was told. */
export const softwareSources = [
  'http.server',
  'http.x-powered-by',
  'http.x-aspnet-version',
  'http.x-generator',
  'http.via',
  'http.header',
  'http.cookie',
  'html.generator',
  'html.title',
  'html.script',
  'favicon',
  'ssh.banner',
  'ftp.banner',
  'smtp.banner',
  'pop3.banner',
  'imap.banner',
  'mysql.banner',
  'ms-sql.banner',
  'postgresql.banner',
  'oracle.banner',
  'store.banner',
  'memcached.banner',
  'redis.banner',
  'vnc.banner',
  'telnet.banner',
  'snmp.sysdescr',
  'dns.version',
  'ldap.banner',
  'smb.banner',
  'rdp.banner',
  'ntp.banner',
  'x509.certificate',
  'nmap',
] as const;
export type SoftwareSource = (typeof softwareSources)[number];

/** One product told by one source. A banner tells what it says, not what is patched. */
export const softwareItemSchema = Type.Object(
  {
    /** Normalised name in lower case: `nginx`, `apache-http-server`, `openssh`, `php`. */
    product: text(128),
    version: Type.Optional(text(128)),
    vendor: Type.Optional(text(128)),
    os: Type.Optional(text(128)),
    /** Release of the system where the words tell it: `12`, `22.04`. */
    osVersion: Type.Optional(text(32)),
    /** The version that the distribution's package has: `9.2p1-2+deb12u3`, `8.1.2-1ubuntu2.14`. */
    package: Type.Optional(text(128)),
    source: oneOf(softwareSources),
    port: portNumber,
    /** The words it was read from, as seen. */
    text: text(1024),
  },
  closed,
);
export type SoftwareItem = Static<typeof softwareItemSchema>;

/** What the fingerprints of an imported feed make of words that we read ourselves: a second opinion. */
export const softwareOpinionSchema = Type.Object(
  {
    by: oneOf(['recog']),
    /** Day of the feed. */
    date: text(10),
    /** Our name of the product where the feed's CPE leads to one, else its own word in our way of writing. */
    product: text(128),
    version: Type.Optional(text(128)),
    /** The fingerprint's own description. */
    description: text(300),
    source: oneOf(softwareSources),
    port: portNumber,
    text: text(1024),
  },
  closed,
);
export type SoftwareOpinion = Static<typeof softwareOpinionSchema>;

/** Facts of the software that one target tells about itself. An empty list: it was looked at and told nothing. */
export const softwareFacts = Type.Object(
  {
    items: list(softwareItemSchema, 500),
    /** Absent where no such feed was imported when the target was looked at. */
    opinions: Type.Optional(list(softwareOpinionSchema, 200)),
  },
  closed,
);
export type SoftwareFacts = Static<typeof softwareFacts>;
