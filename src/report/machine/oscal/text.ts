import type { Tell } from '../tell.ts';

/** Characters by which Markdown would make something of a stranger's words: HTML, links, images, emphasis, code, tables. */
const markup = /[\\`*[\]<>|~&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** What begins a heading, a list or an underline at the head of a line. */
const beginning = /^(?:[#+\-=]|\d{1,9}(?=[.)]))/;

/** Most characters of a stranger's words in one place. */
const longest = 1000;

/** A stranger's words for a field that is read as Markdown (MarkupLine, MarkupMultiline): one line, never empty. */
export function quoted(words: string, tell: Tell): string {
  return line(tell.shown(words, longest));
}

/** Words of ours for such a field: they are no Markdown either, and a title may name `<title>`. */
export function line(words: string): string {
  return oneLine(words)
    .replace(markup, '\\$&')
    .replace(beginning, (all) => (/\d/.test(all) ? `${all}\\` : `\\${all}`));
}

/** A StringDatatype: no space around it, no line end in it, never empty. Not Markdown. */
export function string(words: string, tell: Tell): string {
  return oneLine(tell.shown(words, longest));
}

function oneLine(words: string): string {
  const trimmed = words.trim().replaceAll(/\s*\n\s*/g, ' ');
  return trimmed === '' ? '—' : trimmed;
}

/** An id as a TokenDatatype (an NCName): `bon-lop/luc-luong` is `bon-lop.luc-luong`; ids of ours have no dots. */
export function token(id: string): string {
  const name = id.replaceAll('/', '.').replaceAll(/[^\p{L}\p{N}.\-_]/gu, '_');
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}
