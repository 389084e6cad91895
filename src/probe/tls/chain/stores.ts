import { getCACertificates } from 'node:tls';
import type { Root } from '../context.ts';
import { anchorsOf, type Anchors } from './anchors.ts';
import { pathCertificate, type PathCertificate } from './path-certificate.ts';
import { isSignedBy, mayBeIssuer } from './signatures.ts';

/** A trust store by its name in the facts. */
export type Store = {
  readonly name: string;
  readonly anchors: Anchors;
  /** Intermediates that came with them; a server must send these all the same. */
  readonly others: readonly PathCertificate[];
};

let mozilla: Store | undefined;

/** The Mozilla roots that node:tls brings along; read once. */
export function mozillaStore(): Store {
  mozilla ??= { name: 'mozilla', anchors: anchorsOf(dersOf(getCACertificates('bundled').join('\n'))), others: [] };
  return mozilla;
}

const known = new Map<string, Store>();

/**
 * The store of one file. Its self-signed certificates are the anchors; a file without any (a ministry's CA handed out
 * alone) is taken at its word, and all of it are anchors.
 */
export function rootStore({ name, pem }: Root): Store {
  const key = `${name}\n${pem}`;
  const store = known.get(key) ?? storeOf(name, pem);
  known.set(key, store);
  return store;
}

function storeOf(name: string, pem: string): Store {
  const ders = dersOf(pem);
  const roots = ders.filter((der) => isRoot(pathCertificate(der)));
  if (roots.length === 0) return { name, anchors: anchorsOf(ders), others: [] };
  const others = ders.filter((der) => !roots.includes(der)).map(pathCertificate);
  return { name, anchors: anchorsOf(roots), others: others.filter((one) => one !== undefined) };
}

function isRoot(one: PathCertificate | undefined): boolean {
  return one?.selfIssued === true && mayBeIssuer(one, one) && isSignedBy(one, one);
}

function dersOf(pem: string): Buffer[] {
  const blocks = pem.matchAll(/-----BEGIN (?:X509 )?CERTIFICATE-----([^-]*)-----END/g);
  return [...blocks].map(([, base64 = '']) => Buffer.from(base64, 'base64'));
}
