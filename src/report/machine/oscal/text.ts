import type { Tell } from '../tell.ts';

/** Characters by which CommonMark would make something of a stranger's words: HTML, links, images, emphasis, code. */
const markup = /[\\`*_{}[\]<>()#!|~&]/g;

/** Most characters of a stranger's words in one place. */
const longest = 1000;

/** A stranger's words for a field that is read as Markdown (MarkupLine, MarkupMultiline): one line, never empty. */
export function quoted(words: string, tell: Tell): string {
  return line(tell.shown(words, longest).replace(markup, '\\$&'));
}

/** Words of ours on one line, never empty. */
export function line(words: string): string {
  const trimmed = words.trim().replaceAll(/\s*\n\s*/g, ' ');
  return trimmed === '' ? '—' : trimmed;
}

/** A StringDatatype: no space around it, no line end in it, never empty. Not Markdown. */
export function string(words: string, tell: Tell): string {
  return line(tell.shown(words, longest));
}

/** An id as a TokenDatatype (an NCName): `bon-lop/luc-luong` is `bon-lop.luc-luong`; ids of ours have no dots. */
export function token(id: string): string {
  const name = id.replaceAll('/', '.').replaceAll(/[^\p{L}\p{N}.\-_]/gu, '_');
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}
