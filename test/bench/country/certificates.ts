import { createECDH, createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { Personality } from './personality.ts';

// X.509 written byte by byte: a machine's certificate is made when it is first asked for, and there are tens of thousands.
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), body]);
};
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const commonName = (name: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
const utcTime = (at: number) =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
const bitString = (bytes: Uint8Array) => der(0x03, Buffer.from([0]), bytes);
const extension = (id: string, value: Buffer, critical = false) =>
  sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));

/** A key on P-256 that is the same whenever it is asked for. */
function keyFor(what: string): KeyObject {
  const ecdh = createECDH('prime256v1');
  // Below the order of the curve, whatever the hash: its first byte is less than the order's.
  const scalar = createHash('sha256').update(what).digest();
  scalar[0] = (scalar[0] ?? 0) & 0x7f;
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const part = (bytes: Buffer) => bytes.toString('base64url');
  const [x, y] = [part(point.subarray(1, 33)), part(point.subarray(33))];
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: part(scalar), x, y }, format: 'jwk' });
}

type Wish = {
  readonly subject: string;
  readonly key: KeyObject;
  readonly issuer?: { readonly subject: string; readonly key: KeyObject };
  readonly from: number;
  readonly until: number;
  /** Absent: an authority. */
  readonly names?: readonly string[];
};

function certificate({ subject, key, issuer = { subject, key }, from, until, names }: Wish): string {
  const serial = createHash('sha256').update(subject).digest().subarray(0, 12);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const extensions =
    names === undefined
      ? [
          extension('551d13', sequence(der(0x01, Buffer.from([0xff]))), true),
          extension('551d0f', der(0x03, Buffer.from([1, 6])), true),
        ]
      : [
          extension('551d13', sequence(), true),
          extension('551d0f', der(0x03, Buffer.from([7, 0x80])), true),
          extension('551d25', sequence(oid('2b06010505070301'))),
          extension('551d11', sequence(...names.map((name) => der(0x82, Buffer.from(name))))),
        ];
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    commonName(issuer.subject),
    sequence(utcTime(from), utcTime(until)),
    commonName(subject),
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const whole = sequence(body, ecdsaWithSha256, bitString(sign('sha256', body, issuer.key)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

export type Authority = {
  /** To be trusted by the scan: PEM. */
  readonly root: string;
  readonly forMachine: (
    name: string,
    kind: Personality['certificate'],
  ) => { readonly cert: string; readonly key: string };
};

const dayMs = 86_400_000;

/** The country's authority and the certificates of its machines: keys by the seed, days by the clock. */
export function makeAuthority(seed: number): Authority {
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  const issuer = { subject: 'CA mo phong', key: keyFor(`${seed}/authority`) };
  const root = certificate({ ...issuer, from: today - 900 * dayMs, until: today + 2000 * dayMs });
  return {
    root,
    forMachine: (name, kind) => {
      const key = keyFor(`${seed}/${name}`);
      const subject = kind === 'other-name' ? `other.${name.slice(name.indexOf('.') + 1)}` : name;
      const cert = certificate({
        subject,
        key,
        ...(kind === 'self-signed' ? {} : { issuer }),
        from: today - 120 * dayMs,
        until: today + (kind === 'expired' ? -20 : 200) * dayMs,
        names: [subject, `*.${subject}`],
      });
      return { cert, key: key.export({ type: 'pkcs8', format: 'pem' }) as string };
    },
  };
}
