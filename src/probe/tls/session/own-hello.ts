import { legacyGroups } from '../registry/groups.ts';
import { allSchemes } from '../registry/signature-schemes.ts';
import { uint16s, vector } from '../wire/bytes.ts';
import { drawnBytes } from '../wire/drawn-bytes.ts';
import {
  ecPointFormats,
  extension,
  extensionType,
  renegotiationInfo,
  serverName,
  signatureAlgorithms,
  supportedGroups,
} from '../wire/extensions.ts';
import { handshakeMessage, plainRecord } from './records.ts';

/** A ClientHello of SSLv3 to TLS 1.2 whose handshake goes on: what goes out, and what keys and transcripts need of it. */
export type OwnHello = { readonly record: Buffer; readonly message: Buffer; readonly random: Buffer };

export type OwnHelloOptions = {
  /** Number of the version, 0x0300 to 0x0303. */
  readonly version: number;
  readonly suites: readonly number[];
  readonly sni: string | undefined;
  readonly sessionId?: Buffer;
  readonly groups?: readonly number[];
  /** Extensions ready to send that follow the usual ones. */
  readonly more?: readonly Buffer[];
};

/** Builds one. It has no extension that changes keys, records or the order of messages unless `more` brings it. */
export function ownHello(options: OwnHelloOptions): OwnHello {
  const { version, suites, sni, sessionId = Buffer.alloc(0), groups = legacyGroups, more = [] } = options;
  const random = drawnBytes(32);
  const head = Buffer.concat([
    uint16s([version]),
    random,
    vector(1, sessionId),
    vector(2, uint16s(suites)),
    Buffer.of(1, 0),
  ]);
  const extensions = Buffer.concat([
    ...(sni === undefined ? [] : [serverName(sni)]),
    supportedGroups(groups),
    ecPointFormats(),
    renegotiationInfo(),
    ...(version === 0x0303 ? [signatureAlgorithms(allSchemes)] : []),
    ...more,
  ]);
  const body = version === 0x0300 ? head : Buffer.concat([head, vector(2, padded(head.length + 6, extensions))]);
  const message = handshakeMessage(1, body);
  return { record: plainRecord(22, version === 0x0300 ? version : 0x0301, message), message, random };
}

/** Hellos of 256 to 511 bytes hang some old load balancers, so they are padded to 512 (RFC 7685). */
function padded(before: number, extensions: Buffer): Buffer {
  const length = before + extensions.length;
  if (length < 256 || length > 511) return extensions;
  const padding = extension(extensionType.padding, Buffer.alloc(Math.max(1, 512 - length - 4)));
  return Buffer.concat([extensions, padding]);
}
