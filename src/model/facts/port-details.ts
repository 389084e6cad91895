import { Type, type Static } from '@sinclair/typebox';
import { closed, list, oneOf, text } from '../schema.ts';

const algorithms = list(text(64), 200);

/** What the server names in its SSH_MSG_KEXINIT (RFC 4253 section 7.1), in its order. */
export const sshDetails = Type.Object(
  {
    kex: algorithms,
    hostKeys: algorithms,
    /** Server to client; a server that differs by direction names those of the other besides. */
    ciphers: algorithms,
    macs: algorithms,
    compression: algorithms,
  },
  closed,
);
export type SshDetails = Static<typeof sshDetails>;

/** Answers to one SMB1 and one SMB2 NEGOTIATE ([MS-CIFS] 2.2.4.52, [MS-SMB2] 2.2.4). Key absent: not told. */
export const smbDetails = Type.Object(
  {
    /** The dialect `NT LM 0.12` was accepted. */
    smb1: Type.Optional(Type.Boolean()),
    /** Dialect revision chosen of SMB 2 and 3: `3.1.1`. */
    dialect: Type.Optional(text(8)),
    signing: Type.Optional(oneOf(['required', 'enabled', 'off'])),
  },
  closed,
);
export type SmbDetails = Static<typeof smbDetails>;

/** Which security layers RDP accepts when asked for one alone ([MS-RDPBCGR] 2.2.1.1.1). Key absent: not told. */
const rdpDetails = Type.Object(
  {
    /** RDP's own encryption, without TLS. */
    standard: Type.Optional(Type.Boolean()),
    /** TLS without network level authentication. */
    tls: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** Security types that a VNC server offers (RFC 6143 section 7.1.2; IANA's registry), by name where there is one. */
export const vncDetails = Type.Object({ version: text(12), securityTypes: list(text(32), 255) }, closed);
export type VncDetails = Static<typeof vncDetails>;

/**
 * Answer to `hello`, MongoDB's greeting (MongoDB Wire Protocol, OP_MSG). It comes with or without a login, so it says nothing
 * of whether one is asked for.
 */
export const mongoDetails = Type.Object(
  {
    /** Version of the wire protocol: 21 is of MongoDB 7.0. */
    maxWireVersion: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
    /** A router of a sharded cluster. */
    router: Type.Boolean(),
  },
  closed,
);
export type MongoDetails = Static<typeof mongoDetails>;

/** What a handshake beyond the greeting told of one open port. Nothing logs in, and nothing that is stored is read. */
export const portDetails = Type.Object(
  {
    ssh: Type.Optional(sshDetails),
    smb: Type.Optional(smbDetails),
    rdp: Type.Optional(rdpDetails),
    vnc: Type.Optional(vncDetails),
    mongo: Type.Optional(mongoDetails),
    /** The service answered a request of its own protocol without a login (true), or asked for one (false). */
    openAccess: Type.Optional(Type.Boolean()),
    /** What that request was, for an engineer: `PING`, `GET /_ping`. */
    openAccessAsked: Type.Optional(text(64)),
    /** What answered it, in which such services name themselves and their version; latin1, never evaluated. */
    openAccessTold: Type.Optional(text(512)),
  },
  closed,
);
export type PortDetails = Static<typeof portDetails>;
