import type { Output } from '../output.ts';
import { visibleWidth } from '../width.ts';

/** What a line means, as colour and shape together: never colour alone. */
export type Mark = 'good' | 'dated' | 'bad' | 'refused' | 'unseen' | 'plain';

/** The terminal that one host is drawn on. Every text must have gone through `safeText` before. */
export type Page = Output & {
  readonly explain: boolean;
  readonly mark: (mark: Mark) => string;
  readonly paint: (mark: Mark, text: string) => string;
  /** A title with a hairline to the right edge. */
  readonly section: (key: string) => void;
  /** Text broken at spaces to the width, after a first line's head and under the same indent. */
  readonly wrapped: (head: string, text: string, paint?: (text: string) => string) => void;
  /** The reason why something matters, when `--explain` asks for it; each once. */
  readonly why: (key: string, indent: number) => void;
};

const shapes: Readonly<Record<Mark, string>> = {
  good: '●',
  dated: '△',
  bad: '▲',
  refused: '–',
  unseen: '◌',
  plain: '·',
};

/** Lays a page over an output. */
export function createPage(output: Output, explain: boolean): Page {
  const { colors, say, line, width } = output;
  const said = new Set<string>();
  const paint = (mark: Mark, text: string): string => {
    switch (mark) {
      case 'good':
        return colors.cyan(text);
      case 'dated':
        return colors.yellow(text);
      case 'bad':
        return colors.red(text);
      case 'refused':
      case 'unseen':
      case 'plain':
        return colors.dim(text);
    }
  };
  const wrapped: Page['wrapped'] = (head, text, dye = (part) => part) => {
    const own = plainWidth(head);
    // A head that leaves too little room stands alone, as long as the text is not short enough all the same.
    const alone = width - own < 24 && own + visibleWidth(text) > width && own > 6;
    const indent = alone ? 6 : own;
    if (alone) line(head.trimEnd());
    for (const [index, part] of wrap(text, width - indent).entries()) {
      line(`${index === 0 && !alone ? head : ' '.repeat(indent)}${dye(part)}`);
    }
  };
  return {
    ...output,
    explain,
    paint,
    mark: (mark) => paint(mark, shapes[mark]),
    section: (key) => {
      const title = say(`tls.section.${key}`);
      line();
      line(`${colors.bold(title)} ${colors.dim('─'.repeat(Math.max(0, width - visibleWidth(title) - 1)))}`);
    },
    wrapped,
    why: (key, indent) => {
      if (!explain || said.has(key)) return;
      said.add(key);
      wrapped(' '.repeat(indent), say(`tls.why.${key}`), colors.dim);
    },
  };
}

/** Breaks a text at spaces into lines of at most `width` columns; a longer word is cut. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let now = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, width))) {
    if (now !== '' && visibleWidth(now) + 1 + visibleWidth(word) > width) {
      lines.push(now);
      now = word;
    } else now = now === '' ? word : `${now} ${word}`;
  }
  return [...lines, now];
}

/** A text and spaces to fill a column. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - plainWidth(text)));
}

/** A text cut to a column, with `…` where something is missing. */
export function clip(text: string, width: number): string {
  if (visibleWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (visibleWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}

function pieces(word: string, width: number): readonly string[] {
  if (visibleWidth(word) <= width) return [word];
  const parts: string[] = [];
  let now = '';
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (visibleWidth(now) + visibleWidth(segment) > width) {
      parts.push(now);
      now = '';
    }
    now += segment;
  }
  return [...parts, now];
}

/** Columns without the colour codes that we ourselves put in. */
export const plainWidth = (text: string) => visibleWidth(text.replace(/\u001b\[\d+(;\d+)*m/g, ''));
