import { Type, type Static } from '@sinclair/typebox';
import { closed, list, oneOf, portNumber, text } from '../schema.ts';

/** Where a name or version was told. */
export const softwareSources = [
  'http.server',
  'http.x-powered-by',
  'http.x-aspnet-version',
  'http.x-generator',
  'http.via',
  'http.cookie',
  'html.generator',
  'html.title',
  'html.script',
  'ssh.banner',
  'ftp.banner',
  'smtp.banner',
  'pop3.banner',
  'imap.banner',
  'mysql.banner',
  'ms-sql.banner',
  'memcached.banner',
  'redis.banner',
  'vnc.banner',
  'telnet.banner',
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
    source: oneOf(softwareSources),
    port: portNumber,
    /** The words it was read from, as seen. */
    text: text(1024),
  },
  closed,
);
export type SoftwareItem = Static<typeof softwareItemSchema>;

/** Facts of the software that one target tells about itself. An empty list: it was looked at and told nothing. */
export const softwareFacts = Type.Object({ items: list(softwareItemSchema, 500) }, closed);
export type SoftwareFacts = Static<typeof softwareFacts>;
