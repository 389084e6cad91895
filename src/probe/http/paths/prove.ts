import type { Proof } from '../../../model/facts/web-paths.ts';
import { firstHeader } from '../headers.ts';
import { mask } from './mask.ts';
import type { Exposure, ExposureProof } from './exposure-schema.ts';

/** An answer in the clear, as proofs read it. */
export type ReadAnswer = {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  /** Inflated where it was compressed; its beginning where it was cut. */
  readonly bytes: Buffer;
  /** Decoded; of what is no text, whatever comes of it. */
  readonly text: string;
  readonly isPage: boolean;
};

/** The first proof of content that an answer gives; undefined when it gives none. Total over any bytes. */
export function prove(exposure: Exposure, answer: ReadAnswer): Proof | undefined {
  if (exposure.refusePage === true && isMarkup(answer.text)) return undefined;
  const held = exposure.proofs.find((proof) => holds(proof, answer));
  if (held === undefined) return undefined;
  const excerpt = held.excerpt === undefined ? undefined : RegExp(held.excerpt, 'mu').exec(answer.text)?.[1];
  return {
    name: held.name,
    ...(excerpt === undefined ? {} : { excerpt: mask(excerpt) }),
    ...(held.keys === true ? { keys: keysOf(answer.text) } : {}),
  };
}

/** By its beginning, since servers send files they do not know as `text/html`; source code of PHP is none. */
const isMarkup = (text: string) => /^\s{0,256}<(?:[!a-z]|\?xml)/i.test(text);

function holds(proof: ExposureProof, { status, rawHeaders, bytes, text }: ReadAnswer): boolean {
  if (!(proof.status ?? [200, 206]).includes(status)) return false;
  if (proof.minBytes !== undefined && bytes.length < proof.minBytes) return false;
  if (proof.bytes !== undefined) {
    const signature = Buffer.from(proof.bytes.hex, 'hex');
    if (!bytes.subarray(proof.bytes.at, proof.bytes.at + signature.length).equals(signature)) return false;
  }
  if (proof.start !== undefined && !RegExp(`^(?:${proof.start})`, 'u').test(text)) return false;
  if (proof.text?.some((pattern) => !RegExp(pattern, 'mu').test(text)) === true) return false;
  if (proof.header === undefined) return true;
  const value = firstHeader(rawHeaders, proof.header.name.toLowerCase());
  return value !== undefined && RegExp(proof.header.pattern, 'mu').test(value);
}

/** Names of settings, without their values. */
function keysOf(text: string): string[] {
  const names = [...text.matchAll(/^[ \t]{0,8}(?:export )?([A-Za-z_][A-Za-z0-9_.]{1,63})[ \t]{0,8}=/gm)];
  return [...new Set(names.map(([, name]) => name ?? ''))].slice(0, 24);
}
