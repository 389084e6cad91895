import { readdirSync, readFileSync } from 'node:fs';
import { packageRoot } from '../model/package-root.ts';

/** A file of the report that is the same on every page. */
export type Asset = { readonly path: string; readonly content: string | Buffer };

const folder = 'assets/';
const weights = [400, 600, 700] as const;

/** Characters that each subset draws, as the font's own package gives them. */
const subsets = ['vietnamese', 'latin-ext', 'latin'] as const;

let shipped: readonly Asset[] | undefined;

/**
 * One style sheet, one script and the fonts it names (Be Vietnam Pro, SIL Open Font License 1.1, with the licence): read once,
 * however many reports are drawn.
 */
export function assets(): readonly Asset[] {
  return (shipped ??= readAssets());
}

function readAssets(): readonly Asset[] {
  const fonts = new URL('./', import.meta.resolve('@fontsource/be-vietnam-pro/LICENSE'));
  const ranges = new Map(
    Object.entries(JSON.parse(readFileSync(new URL('unicode.json', fonts), 'utf8')) as Record<string, string>),
  );
  const files = weights.flatMap((weight) =>
    subsets.map((subset) => ({ weight, subset, file: `be-vietnam-pro-${subset}-${weight}-normal.woff2` })),
  );
  const faces = files.map(
    ({ weight, subset, file }) =>
      `@font-face{font-family:'Be Vietnam Pro';font-style:normal;font-weight:${weight};font-display:swap;` +
      `src:url(${file}) format('woff2');unicode-range:${ranges.get(subset) ?? ''}}\n`,
  );
  return [
    { path: `${folder}rasoat.css`, content: faces.join('') + styles() },
    { path: `${folder}rasoat.js`, content: script() },
    { path: `${folder}OFL.txt`, content: readFileSync(new URL('LICENSE', fonts)) },
    ...files.map(({ file }) => ({ path: folder + file, content: readFileSync(new URL(`files/${file}`, fonts)) })),
  ];
}

/** `templates/styles/*.css` in the order of their names. */
function styles(): string {
  return joined('styles', '.css');
}

/** `templates/scripts/*.js` in the order of their names, as one function that leaves nothing behind. */
function script(): string {
  return `(() => {\n'use strict';\n${joined('scripts', '.js')}})();\n`;
}

function joined(kind: 'styles' | 'scripts', ending: string): string {
  const from = new URL(`templates/${kind}/`, packageRoot);
  return readdirSync(from)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => readFileSync(new URL(file, from), 'utf8'))
    .join('\n');
}
