import type { SecurityTxtFile } from '../../../model/facts/web-paths.ts';

/** Longest file read: RFC 9116 §5.4 asks to limit it; the longest seen in the wild are a few kilobytes. */
export const maxSecurityTxtBytes = 32_768;

/** The lines of a file, and nothing of whether they are right. */
export type SecurityTxtLines = Pick<SecurityTxtFile, 'utf8' | 'strayReturn' | 'signed' | 'fields' | 'malformed'>;

const field = /^([!-9;-~]{1,64}):(.*)$/;
const known = /^(contact|expires|encryption|acknowledgments|preferred-languages|canonical|policy|hiring|csaf)$/i;

/**
 * Reads a security.txt (RFC 9116 §2, §4); null for what is none, which is text without a single field of the registry.
 * Total over any bytes. An OpenPGP cleartext signature (RFC 9580 §7) is taken off and not verified.
 */
export function readSecurityTxt(bytes: Uint8Array): SecurityTxtLines | null {
  const { text, utf8 } = decode(bytes);
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) return null;
  const all = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const { from, to, signed } = signedPart(all);
  const fields: [number, string, string][] = [];
  const malformed: number[] = [];
  for (let at = from; at < to; at += 1) {
    // A dash at the beginning of a signed line is escaped (RFC 9580 §7.2).
    const line = signed ? (all[at] ?? '').replace(/^- /, '') : (all[at] ?? '');
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, name, value] = field.exec(line) ?? [];
    // "Name: value": a single space stands after the colon (RFC 9116 §4).
    if (name === undefined || value === undefined || !/^ \S/.test(value)) malformed.push(at + 1);
    if (name !== undefined && value !== undefined) {
      fields.push([at + 1, name.slice(0, 64), value.trim().slice(0, 1024).toWellFormed()]);
    }
  }
  if (!fields.some(([, name]) => known.test(name))) return null;
  return {
    utf8,
    strayReturn: /\r(?!\n|$)/.test(text),
    signed,
    fields: fields.slice(0, 100),
    malformed: malformed.slice(0, 100),
  };
}

function decode(bytes: Uint8Array): { readonly text: string; readonly utf8: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), utf8: true };
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), utf8: false };
  }
}

/** The lines that count: all, or those between the armor headers of a cleartext signature and the signature itself. */
function signedPart(lines: readonly string[]): {
  readonly from: number;
  readonly to: number;
  readonly signed: boolean;
} {
  const begin = lines.findIndex((line) => line.trim() !== '');
  if (lines[begin]?.trimEnd() !== '-----BEGIN PGP SIGNED MESSAGE-----')
    return { from: 0, to: lines.length, signed: false };
  const blank = lines.findIndex((line, index) => index > begin && line.trim() === '');
  const end = lines.findIndex((line) => line.trimEnd() === '-----BEGIN PGP SIGNATURE-----');
  return { from: blank === -1 ? lines.length : blank + 1, to: end === -1 ? lines.length : end, signed: true };
}
