import { decodeText } from '../decode-text.ts';
import { bearsMark } from './mark.ts';
import { htmlLines, textLines } from './lines.ts';
import { pdfLines } from './pdf-lines.ts';

/** What every mark has in it, composed, decomposed or written as a reference; most bodies end here. */
const hint = /[ẬậẠạ\u0323]|&#|&acirc;/i;

/** Whether a body in the clear bears a state-secrecy mark, as far as its text can be read. Total over any bytes. */
export function bodyBearsMark(bytes: Uint8Array, contentType: string | null): boolean {
  if (startsWith(bytes, '%PDF-')) return bearsMark(pdfLines(bytes));
  const text = decodeText(bytes, contentType);
  if (!hint.test(text)) return false;
  const isHtml = /html|xml/i.test(contentType ?? '') || /^\s*(?:\ufeff)?<(?:!doctype|html|\?xml)/i.test(text);
  return bearsMark(isHtml ? htmlLines(text) : textLines(text));
}

function startsWith(bytes: Uint8Array, ascii: string): boolean {
  return [...ascii].every((letter, index) => bytes[index] === letter.charCodeAt(0));
}
