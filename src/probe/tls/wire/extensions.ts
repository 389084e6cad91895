import { uint16s, vector } from './bytes.ts';

/** Extension types (registry "TLS ExtensionType Values"). */
export const extensionType = {
  serverName: 0,
  statusRequest: 5,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  heartbeat: 15,
  alpn: 16,
  padding: 21,
  encryptThenMac: 22,
  extendedMasterSecret: 23,
  sessionTicket: 35,
  supportedVersions: 43,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

/** One extension ready to send. */
export function extension(type: number, body: Buffer): Buffer {
  return Buffer.concat([uint16s([type]), vector(2, body)]);
}

/** server_name with one host_name (RFC 6066 section 3). `name` is ASCII and no address. */
export function serverName(name: string): Buffer {
  return extension(extensionType.serverName, vector(2, Buffer.of(0), vector(2, Buffer.from(name, 'ascii'))));
}

export function supportedGroups(groups: readonly number[]): Buffer {
  return extension(extensionType.supportedGroups, vector(2, uint16s(groups)));
}

/** All three formats of RFC 4492; the compressed two are deprecated and harmless. */
export function ecPointFormats(): Buffer {
  return extension(extensionType.ecPointFormats, vector(1, Buffer.of(0, 1, 2)));
}

export function signatureAlgorithms(schemes: readonly number[]): Buffer {
  return extension(extensionType.signatureAlgorithms, vector(2, uint16s(schemes)));
}

/** TLS 1.3 and nothing else. */
export function supportedVersions13(): Buffer {
  return extension(extensionType.supportedVersions, vector(1, uint16s([0x0304])));
}

export type KeyShare = { readonly group: number; readonly key: Buffer };

/** key_share; the empty list asks for a HelloRetryRequest (RFC 8446 section 4.2.8). */
export function keyShare(shares: readonly KeyShare[]): Buffer {
  return extension(
    extensionType.keyShare,
    vector(2, ...shares.map(({ group, key }) => Buffer.concat([uint16s([group]), vector(2, key)]))),
  );
}

/** Empty renegotiation_info (RFC 5746): some servers refuse clients that do not know it. */
export function renegotiationInfo(): Buffer {
  return extension(extensionType.renegotiationInfo, vector(1));
}

export function extendedMasterSecret(): Buffer {
  return extension(extensionType.extendedMasterSecret, Buffer.alloc(0));
}

/** encrypt_then_mac (RFC 7366); answered only with a CBC suite. */
export function encryptThenMac(): Buffer {
  return extension(extensionType.encryptThenMac, Buffer.alloc(0));
}

/** An empty session_ticket (RFC 5077): a server that would give one answers with an empty one. */
export function sessionTicket(): Buffer {
  return extension(extensionType.sessionTicket, Buffer.alloc(0));
}

/** status_request for OCSP, no responders named (RFC 6066 section 8). */
export function statusRequest(): Buffer {
  return extension(extensionType.statusRequest, Buffer.of(1, 0, 0, 0, 0));
}

/** heartbeat, peer_allowed_to_send (RFC 6520). */
export function heartbeat(): Buffer {
  return extension(extensionType.heartbeat, Buffer.of(1));
}

/** Application protocols, best first (RFC 7301). */
export function applicationProtocols(names: readonly string[]): Buffer {
  return extension(extensionType.alpn, applicationProtocolList(names));
}

/** The body of the same. */
export function applicationProtocolList(names: readonly string[]): Buffer {
  return vector(2, ...names.map((name) => vector(1, Buffer.from(name, 'latin1'))));
}

/** Two-byte numbers in a vector of two-byte length, the body of several extensions. */
export function uint16Vector(values: readonly number[]): Buffer {
  return vector(2, uint16s(values));
}
