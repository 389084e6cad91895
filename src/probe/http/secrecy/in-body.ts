import { decodeText } from '../decode-text.ts';
import { bearsMark } from './mark.ts';
import { htmlLines, textLines } from './lines.ts';
import { pdfLines } from './pdf-lines.ts';

/**
 * What a mark has in it: the word in capitals where it is not plainly part of another (BẢO MẬT, MẬT KHẨU), its letter as a
 * reference, or the label of a grade. Most pages end here, so that their lines need not be told apart.
 */
const hint =
  /(?<!(?:BẢO|BÍ|CƠ)\s{1,3})M\s{0,4}Ậ\s{0,4}T(?!\s{1,3}(?:KHẨU|MÃ|VỤ))|M&(?:#|[Aa]circ;)|[Đđ][Ộộ]\s{1,3}[Mm][Ậậ]/;

/** Whether a body in the clear bears a state-secrecy mark, as far as its text can be read. Total over any bytes. */
export function bodyBearsMark(bytes: Uint8Array, contentType: string | null): boolean {
  if (isPdf(bytes)) return bearsMark(pdfLines(bytes));
  const decoded = decodeText(bytes, contentType);
  const text = /[\u0302\u0323]/.test(decoded) ? decoded.normalize('NFC') : decoded;
  if (!hint.test(text)) return false;
  const isHtml = /html|xml/i.test(contentType ?? '') || /^\s*(?:\ufeff)?<(?:!doctype|html|\?xml)/i.test(text);
  return bearsMark(isHtml ? htmlLines(text) : textLines(text));
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 5)).toString('latin1') === '%PDF-';
}
