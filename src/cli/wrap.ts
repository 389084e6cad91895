import { visibleWidth } from './width.ts';

/** Breaks a text at its spaces into lines of at most `width` columns, the first after `first`, the others after `rest`. */
export function wrap(text: string, width: number, first: string, rest: string): readonly string[] {
  const lines: string[] = [];
  let margin = first;
  let line = '';
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && visibleWidth(margin + longer) > width) {
      lines.push(margin + line);
      margin = rest;
      line = word;
    } else line = longer;
  }
  return [...lines, margin + line];
}
