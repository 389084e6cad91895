import { readFileSync } from 'node:fs';
import { softwareSources, type SoftwareSource } from '../../../src/model/facts/software.ts';

/** One banner of `banners.txt`, and what should be read from it: `name version (system release) [package]` a product. */
export type Banner = { readonly source: SoftwareSource; readonly text: string; readonly expected: readonly string[] };

const plain: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', 0: '\0' };

function bytes(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|([rnt0]))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (plain[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Every banner of the table. */
export const banners: readonly Banner[] = readFileSync(new URL('banners.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [name = '', text = '', expected = ''] = line.split(' => ');
    const source = softwareSources.find((one) => one === name);
    if (source === undefined) throw new Error(`no source ${name}`);
    return { source, text: bytes(text), expected: expected === '-' ? [] : expected.split('; ') };
  });
