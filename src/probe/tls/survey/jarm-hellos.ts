import { randomBytes } from 'node:crypto';
import { uint16s, vector } from '../wire/bytes.ts';
import {
  applicationProtocolList,
  extendedMasterSecret,
  extension,
  extensionType,
  keyShare,
  renegotiationInfo,
  serverName,
  sessionTicket,
  signatureAlgorithms,
  supportedGroups,
} from '../wire/extensions.ts';

type Order = 'forward' | 'reverse' | 'top-half' | 'bottom-half' | 'middle-out';

/** One of the ten hellos; `versions` is what supported_versions lists, if it is there. */
type JarmHello = {
  readonly version: 0x0302 | 0x0303 | 0x0304;
  readonly suites: 'all' | 'no-1.3';
  readonly order: Order;
  readonly grease: boolean;
  readonly rareAlpn: boolean;
  readonly versions: 'none' | 'to-1.2' | 'to-1.3';
  readonly lists: 'forward' | 'reverse';
};

/** The ten hellos of JARM 1.0 (Salesforce, 2020), in their order; the sixth is called middle-out there and is forward. */
const plain = { suites: 'all', grease: false, rareAlpn: false } as const;
const hellos: readonly JarmHello[] = [
  { ...plain, version: 0x0303, order: 'forward', versions: 'to-1.2', lists: 'reverse' },
  { ...plain, version: 0x0303, order: 'reverse', versions: 'to-1.2', lists: 'forward' },
  { ...plain, version: 0x0303, order: 'top-half', versions: 'none', lists: 'forward' },
  { ...plain, version: 0x0303, order: 'bottom-half', rareAlpn: true, versions: 'none', lists: 'forward' },
  { ...plain, version: 0x0303, order: 'middle-out', grease: true, rareAlpn: true, versions: 'none', lists: 'reverse' },
  { ...plain, version: 0x0302, order: 'forward', versions: 'none', lists: 'forward' },
  { ...plain, version: 0x0304, order: 'forward', versions: 'to-1.3', lists: 'reverse' },
  { ...plain, version: 0x0304, order: 'reverse', versions: 'to-1.3', lists: 'forward' },
  { ...plain, version: 0x0304, suites: 'no-1.3', order: 'forward', versions: 'to-1.3', lists: 'forward' },
  { ...plain, version: 0x0304, order: 'middle-out', grease: true, versions: 'to-1.3', lists: 'reverse' },
];

const allSuites: readonly number[] = [
  0x0016, 0x0033, 0x0067, 0xc09e, 0xc0a2, 0x009e, 0x0039, 0x006b, 0xc09f, 0xc0a3, 0x009f, 0x0045, 0x00be, 0x0088,
  0x00c4, 0x009a, 0xc008, 0xc009, 0xc023, 0xc0ac, 0xc0ae, 0xc02b, 0xc00a, 0xc024, 0xc0ad, 0xc0af, 0xc02c, 0xc072,
  0xc073, 0xcca9, 0x1302, 0x1301, 0xcc14, 0xc007, 0xc012, 0xc013, 0xc027, 0xc02f, 0xc014, 0xc028, 0xc030, 0xc060,
  0xc061, 0xc076, 0xc077, 0xcca8, 0x1305, 0x1304, 0x1303, 0xcc13, 0xc011, 0x000a, 0x002f, 0x003c, 0xc09c, 0xc0a0,
  0x009c, 0x0035, 0x003d, 0xc09d, 0xc0a1, 0x009d, 0x0041, 0x00ba, 0x0084, 0x00c0, 0x0007, 0x0004, 0x0005,
];
/** In the reference spdy/3 and h2 are one entry of the list, so they keep their order when it is turned round. */
const alpn = [['http/0.9'], ['http/1.0'], ['http/1.1'], ['spdy/1'], ['spdy/2'], ['spdy/3', 'h2'], ['h2c'], ['hq']];
const rareAlpn = [['http/0.9'], ['http/1.0'], ['spdy/1'], ['spdy/2'], ['spdy/3'], ['h2c'], ['hq']];
const schemes = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601, 0x0201];

/** The ten hellos for `host`, which goes into server_name as it is, an address too: so does the reference. */
export function jarmHellos(host: string): Buffer[] {
  return hellos.map((hello) => build(hello, host));
}

function build(hello: JarmHello, host: string): Buffer {
  const offered = hello.suites === 'all' ? allSuites : allSuites.filter((suite) => suite >> 8 !== 0x13);
  const suites = arrange(offered, hello.order);
  const body = Buffer.concat([
    uint16s([Math.min(hello.version, 0x0303)]),
    randomBytes(32),
    vector(1, randomBytes(32)),
    vector(2, uint16s(hello.grease ? [greaseValue(), ...suites] : suites)),
    Buffer.of(1, 0),
    vector(2, ...extensionsOf(hello, host)),
  ]);
  const message = Buffer.concat([Buffer.of(1), vector(3, body)]);
  const recordVersion = hello.version === 0x0304 ? 0x0301 : hello.version;
  return Buffer.concat([Buffer.of(22), uint16s([recordVersion]), vector(2, message)]);
}

function extensionsOf({ grease, rareAlpn: rare, versions, lists }: JarmHello, host: string): Buffer[] {
  const share = { group: 0x001d, key: randomBytes(32) };
  const numbers = versions === 'to-1.2' ? [0x0301, 0x0302, 0x0303] : [0x0301, 0x0302, 0x0303, 0x0304];
  const offered = [...(grease ? [greaseValue()] : []), ...arrange(numbers, lists)];
  return [
    ...(grease ? [extension(greaseValue(), Buffer.alloc(0))] : []),
    serverName(host),
    extendedMasterSecret(),
    extension(1, Buffer.of(1)),
    renegotiationInfo(),
    supportedGroups([0x001d, 0x0017, 0x0018, 0x0019]),
    extension(extensionType.ecPointFormats, Buffer.of(1, 0)),
    sessionTicket(),
    extension(extensionType.alpn, applicationProtocolList(arrange(rare ? rareAlpn : alpn, lists).flat())),
    signatureAlgorithms(schemes),
    keyShare(grease ? [{ group: greaseValue(), key: Buffer.of(0) }, share] : [share]),
    extension(45, Buffer.of(1, 1)),
    ...(versions === 'none' ? [] : [extension(extensionType.supportedVersions, vector(1, uint16s(offered)))]),
  ];
}

/** The reference's orders; of an odd number the middle one belongs to the top half. */
function arrange<T>(list: readonly T[], order: Order): readonly T[] {
  const half = Math.floor(list.length / 2);
  const upper = list.length - half;
  switch (order) {
    case 'forward':
      return list;
    case 'reverse':
      return [...list].reverse();
    case 'bottom-half':
      return list.slice(upper);
    case 'top-half':
      return list.slice(0, upper).reverse();
    case 'middle-out': {
      const outward = list.slice(upper).flatMap((item, index) => [item, ...list.slice(half - 1 - index, half - index)]);
      return [...list.slice(half, upper), ...outward];
    }
  }
}

/** 0x0A0A, 0x1A1A ... 0xFAFA (RFC 8701). */
function greaseValue(): number {
  return ((randomBytes(1).readUInt8(0) & 0xf0) | 0x0a) * 0x0101;
}
