import ipaddr from 'ipaddr.js';

/** One IP address. An IPv4 address written as IPv6 (`::ffff:192.0.2.7`) is the IPv4 address it stands for. */
export type Address = {
  readonly version: 4 | 6;
  /** Canonical text: dotted quad, or RFC 5952. */
  readonly text: string;
  readonly bits: bigint;
};

/** A CIDR block; `bits` may have host bits set, see `networkOf`. */
export type Network = { readonly version: 4 | 6; readonly bits: bigint; readonly prefix: number };

/** Bits in an address of each version. */
export const widthOf = { 4: 32, 6: 128 } as const;

const mappedPrefix = 0xffffn << 32n;

const byte = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const quads = new RegExp(`^${byte}\\.${byte}\\.${byte}\\.${byte}$`);

/** Reads a literal address. Only dotted quads without leading zeros count as IPv4: `010.0.0.1` and `127.1` are refused. */
export function parseAddress(text: string): Address | undefined {
  const quad = quads.exec(text);
  if (quad !== null)
    return { version: 4, text, bits: BigInt(quad.slice(1).reduce((sum, byte) => sum * 256 + Number(byte), 0)) };
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  // ipaddr.js reads `::192.0.2.7` (IPv4-compatible, dead since RFC 4291) as mapped; the kernel does not.
  const dotted = /^(.*:)([^:]*\.[^:]*)$/.exec(text);
  if (dotted !== null && (!quads.test(dotted[2] ?? '') || dotted[1] === '::')) return undefined;
  return fromBytes(ipaddr.IPv6.parse(text).toByteArray());
}

/** Reads a CIDR block or a single address. */
export function parseNetwork(text: string): Network | undefined {
  const [addressText = '', prefixText, ...rest] = text.split('/');
  const address = parseAddress(addressText);
  if (address === undefined || rest.length > 0) return undefined;
  if (prefixText === undefined)
    return { version: address.version, bits: address.bits, prefix: widthOf[address.version] };
  if (!/^(0|[1-9]\d{0,2})$/.test(prefixText)) return undefined;
  const mapped = address.version === 4 && addressText.includes(':');
  const prefix = Number(prefixText) - (mapped ? 96 : 0);
  if (prefix < 0 || prefix > widthOf[address.version]) return undefined;
  return { version: address.version, bits: address.bits, prefix };
}

/** The block itself, without host bits: `10.1.2.3/8` gives `10.0.0.0/8`. */
export function networkOf(network: Network): Network {
  const shift = BigInt(widthOf[network.version] - network.prefix);
  return { ...network, bits: (network.bits >> shift) << shift };
}

/** Canonical text of a block; a single address has no `/`. */
export function networkText(network: Network): string {
  const text = addressFrom(network.version, network.bits).text;
  return network.prefix === widthOf[network.version] ? text : `${text}/${network.prefix}`;
}

/**
 * IPv4 addresses that a packet to this IPv6 address may end at: NAT64 (RFC 6052), 6to4 (RFC 3056), and the dead
 * IPv4-compatible form. An exclusion of the IPv4 address holds for them too.
 */
export function embeddedAddress(address: Address): Address | undefined {
  if (address.version === 4) return undefined;
  const last32 = address.bits & 0xffff_ffffn;
  if (address.bits >> 32n === 0x0064_ff9b_0000_0000_0000_0000n || address.bits >> 32n === 0n) {
    return addressFrom(4, last32);
  }
  if (address.bits >> 112n === 0x2002n) return addressFrom(4, (address.bits >> 80n) & 0xffff_ffffn);
  return undefined;
}

/** Azure's host agent, the one metadata address that lies in public space. */
const publicMetadata = '168.63.129.16';

/**
 * Whether an address is one of the public Internet (IANA special-purpose registries): not private, loopback, link-local,
 * multicast, documentation, cloud metadata ... A name that resolves elsewhere may be DNS rebinding.
 */
export function isPublic(address: Address): boolean {
  if (address.version === 4)
    return ipaddr.IPv4.parse(address.text).range() === 'unicast' && address.text !== publicMetadata;
  return address.bits >> 125n === 1n && ipaddr.IPv6.parse(address.text).range() === 'unicast';
}

/** 127.0.0.0/8 and ::1: the machine that asks. */
export function isLoopback(address: Address): boolean {
  return address.version === 4 ? address.bits >> 24n === 127n : address.bits === 1n;
}

function fromBytes(bytes: readonly number[]): Address {
  const bits = bytes.reduce((sum, one) => (sum << 8n) | BigInt(one), 0n);
  if ((bits >> 32n) << 32n === mappedPrefix) return addressFrom(4, bits & 0xffff_ffffn);
  return addressFrom(6, bits);
}

function addressFrom(version: 4 | 6, bits: bigint): Address {
  const length = widthOf[version] / 8;
  const bytes = Array.from({ length }, (_, index) => Number((bits >> BigInt((length - 1 - index) * 8)) & 0xffn));
  const text = version === 4 ? bytes.join('.') : new ipaddr.IPv6(bytes).toRFC5952String();
  return { version, text, bits };
}
