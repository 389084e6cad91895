import type { TlsProtocol } from '../../../model/facts/tls.ts';
import { legacyGroups, tls13Groups } from '../registry/groups.ts';
import { allSchemes } from '../registry/signature-schemes.ts';
import { uint16s, vector } from './bytes.ts';
import { drawnBytes } from './drawn-bytes.ts';
import {
  ecPointFormats,
  encryptThenMac,
  extendedMasterSecret,
  extension,
  extensionType,
  keyShare,
  renegotiationInfo,
  serverName,
  sessionTicket,
  signatureAlgorithms,
  statusRequest,
  supportedGroups,
  supportedVersions13,
  type KeyShare,
} from './extensions.ts';
import { versionNumber } from './version.ts';

export type HelloProtocol = Exclude<TlsProtocol, 'SSLv2'>;

/** What is constant over all hellos to one host in one version; `extensions` is empty for SSLv3, which knows none. */
export type HelloShape = {
  readonly protocol: HelloProtocol;
  readonly extensions: Buffer;
  /** Version number in the place of the protocol's. */
  readonly version?: number;
  /** compression_methods with its length; null alone when absent. */
  readonly compressions?: Buffer;
};

export type ShapeOptions = {
  readonly sni?: string | undefined;
  readonly schemes?: readonly number[];
  readonly groups?: readonly number[];
  readonly shares?: readonly KeyShare[];
  /** Extensions ready to send that follow the usual ones. */
  readonly more?: readonly Buffer[];
  /** A version number to claim in the place of the protocol's. */
  readonly version?: number;
  /** Compression methods, null among them; default null alone. */
  readonly compressions?: readonly number[];
};

/** Builds the constant part once, so that an elimination writes only its list of suites. */
export function helloShape(protocol: HelloProtocol, options: ShapeOptions = {}): HelloShape {
  const { version, compressions } = options;
  const head = {
    protocol,
    ...(version === undefined ? {} : { version }),
    ...(compressions === undefined ? {} : { compressions: vector(1, Buffer.from(compressions)) }),
  };
  if (protocol === 'SSLv3') return { ...head, extensions: Buffer.alloc(0) };
  const is13 = protocol === 'TLSv1.3';
  const extensions = [
    ...(options.sni === undefined ? [] : [serverName(options.sni)]),
    supportedGroups(options.groups ?? (is13 ? tls13Groups : legacyGroups)),
    statusRequest(),
    ...(is13 ? [] : [ecPointFormats(), renegotiationInfo(), extendedMasterSecret(), encryptThenMac(), sessionTicket()]),
    ...(is13 || protocol === 'TLSv1.2' ? [signatureAlgorithms(options.schemes ?? allSchemes)] : []),
    ...(is13 ? [supportedVersions13(), keyShare(options.shares ?? [])] : []),
    ...(options.more ?? []),
  ];
  return { ...head, extensions: Buffer.concat(extensions) };
}

const compressionNull = Buffer.of(1, 0);

/**
 * One ClientHello in one record. TLS 1.3 goes out as version 1.2 with a session id, as middleboxes expect (RFC 8446
 * appendix D.4).
 */
export function clientHello(shape: HelloShape, suites: readonly number[]): Buffer {
  const is13 = shape.protocol === 'TLSv1.3';
  const version = shape.version ?? versionNumber(is13 ? 'TLSv1.2' : shape.protocol);
  const random = drawnBytes(is13 ? 64 : 32);
  const head = Buffer.concat([
    uint16s([version]),
    random.subarray(0, 32),
    vector(1, random.subarray(32)),
    vector(2, uint16s(suites)),
    shape.compressions ?? compressionNull,
  ]);
  const body = shape.extensions.length === 0 ? head : withExtensions(head, shape.extensions);
  const message = Buffer.concat([Buffer.of(1), vector(3, body)]);
  return Buffer.concat([Buffer.of(22, 3, shape.protocol === 'SSLv3' ? 0 : 1), vector(2, message)]);
}

/**
 * Hellos of 256 to 511 bytes hang some old load balancers, so they are padded to 512 (RFC 7685).
 */
function withExtensions(head: Buffer, extensions: Buffer): Buffer {
  const length = 4 + head.length + 2 + extensions.length;
  if (length < 256 || length > 511) return Buffer.concat([head, vector(2, extensions)]);
  const padding = extension(extensionType.padding, Buffer.alloc(Math.max(1, 512 - length - 4)));
  return Buffer.concat([head, vector(2, extensions, padding)]);
}
