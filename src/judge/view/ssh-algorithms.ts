import { Type, type Static } from '@sinclair/typebox';
import type { SshDetails } from '../../model/facts/port-details.ts';
import { closed, list, portNumber, text } from '../../model/schema.ts';

const names = list(text(64), 200);

/** One SSH service, by what is wrong with what it offers. [] of a list: nothing of the kind is offered. */
export const sshServiceView = Type.Object(
  {
    port: portNumber,
    /** Key exchange by SHA-1 or a group under 2,048 bits (RFC 9142 section 4). */
    weakKex: Type.Optional(names),
    /** Host keys that sign with SHA-1 or by DSA (RFC 8332, RFC 9142). `ssh-rsa` counts only where no SHA-2 twin stands beside. */
    weakHostKeys: Type.Optional(names),
    /** RC4, DES, 64-bit blocks, none, and CBC modes (RFC 8758, RFC 4253 6.3, CVE-2008-5161). */
    weakCiphers: Type.Optional(names),
    /** MD5, tags under 96 bits, none (RFC 9142's companions, RFC 6151). */
    weakMacs: Type.Optional(names),
    /** Open to prefix truncation (CVE-2023-48795): such a cipher is offered and strict key exchange is not. */
    terrapin: Type.Optional(Type.Boolean()),
    /** A key exchange that a quantum computer does not undo is offered. */
    postQuantum: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type SshServiceView = Static<typeof sshServiceView>;

const weakKex = /^(diffie-hellman-group(1|14|-exchange)-sha1|gss-(group1|group14|gex)-sha1-.*|rsa1024-sha1)(@.*)?$/;
const dsaOrSha1 = /^(ssh-dss|pgp-sign-dss|x509v3-sign-dss|ssh-dss-cert-v0[01]@openssh\.com)$/;
const rsaSha1 = new Set(['ssh-rsa', 'ssh-rsa-cert-v01@openssh.com', 'x509v3-sign-rsa', 'pgp-sign-rsa']);
const weakCipher =
  /^(arcfour(128|256)?|none|des(-cbc)?(@.*)?|3des-.*|blowfish-.*|cast128-.*|idea-.*|.*-cbc(@.*)?|rijndael-cbc@.*)$/;
const weakMac = /^(hmac-md5.*|hmac-sha1-96.*|hmac-ripemd160.*|umac-64.*|none)$/;
const strict = 'kex-strict-s-v00@openssh.com';
const postQuantum = /^(mlkem|sntrup761|mlkem1024)/;

/** Derives the view from the lists that the server sent. */
export function describeSsh(port: number, ssh: SshDetails | undefined): SshServiceView {
  if (ssh === undefined) return { port };
  const { kex, hostKeys, ciphers, macs } = ssh;
  const hasSha2 = hostKeys.some((name) => name.startsWith('rsa-sha2-'));
  const truncatable =
    ciphers.some((name) => name.startsWith('chacha20-poly1305')) ||
    (ciphers.some((name) => name.includes('-cbc')) && macs.some((name) => name.includes('-etm@')));
  return {
    port,
    weakKex: kex.filter((name) => weakKex.test(name)),
    weakHostKeys: hostKeys.filter((name) => dsaOrSha1.test(name) || (rsaSha1.has(name) && !hasSha2)),
    weakCiphers: ciphers.filter((name) => weakCipher.test(name)),
    weakMacs: macs.filter((name) => weakMac.test(name)),
    terrapin: truncatable && !kex.includes(strict),
    postQuantum: kex.some((name) => postQuantum.test(name)),
  };
}
