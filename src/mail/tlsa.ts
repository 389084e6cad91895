import { X509Certificate, createHash } from 'node:crypto';

/** One TLSA record (RFC 6698 section 2.1) by its numbers. */
export type Tlsa = {
  /** 2 DANE-TA and 3 DANE-EE; mail knows no others (RFC 7672 section 3.1.3). */
  readonly usage: number;
  /** 0 the certificate, 1 its public key. */
  readonly selector: number;
  /** 0 the bytes themselves, 1 SHA-256, 2 SHA-512. */
  readonly matching: number;
  /** Hexadecimal, lower case. */
  readonly data: string;
};

/** Reads `3 1 1 ab12...`; undefined for what is no record. */
export function parseTlsa(text: string): Tlsa | undefined {
  const found = /^(\d{1,3}) (\d{1,3}) (\d{1,3}) ((?:[0-9a-f]{2})+)$/i.exec(text);
  if (found === null) return undefined;
  const [, usage = '', selector = '', matching = '', data = ''] = found;
  return {
    usage: Number(usage),
    selector: Number(selector),
    matching: Number(matching),
    data: data.toLowerCase(),
  };
}

/** RFC 7672 section 3.1: a record that a mail sender can use; the others are as if they were not there. */
export function isUsable({ usage, selector, matching, data }: Tlsa): boolean {
  const length = matching === 1 ? 64 : matching === 2 ? 128 : undefined;
  return (
    (usage === 2 || usage === 3) && selector <= 1 && matching <= 2 && (length === undefined || data.length === length)
  );
}

/**
 * Whether a record names a certificate of the chain as sent, leaf first: the leaf for usage 3, any of them for usage 2
 * (the chain's signatures are not checked here). Undefined when a certificate cannot be read.
 */
export function matchesChain(record: Tlsa, chain: readonly Buffer[]): boolean | undefined {
  const candidates = record.usage === 3 ? chain.slice(0, 1) : chain;
  try {
    return candidates.some((der) => associationOf(record, der) === record.data);
  } catch {
    return undefined;
  }
}

function associationOf({ selector, matching }: Tlsa, der: Buffer): string {
  const bytes = selector === 0 ? der : new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' });
  if (matching === 0) return bytes.toString('hex');
  return createHash(matching === 1 ? 'sha256' : 'sha512')
    .update(bytes)
    .digest('hex');
}
