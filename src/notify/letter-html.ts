import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { packageRoot } from '../model/package-root.ts';
import type { Letter } from './letter.ts';

let compiled: Handlebars.TemplateDelegate<Letter> | undefined;

/**
 * The letter as text/html: `templates/mail/letter.hbs`, strict, every value escaped, no link, no picture, nothing from
 * elsewhere.
 */
export function letterHtml(letter: Letter): string {
  compiled ??= Handlebars.create().compile<Letter>(
    readFileSync(new URL('templates/mail/letter.hbs', packageRoot), 'utf8').replaceAll(/^[ \t]+/gm, ''),
    { strict: true, knownHelpersOnly: true, preventIndent: true },
  );
  return compiled(letter);
}
