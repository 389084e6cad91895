import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';
import { programOf, type Known, type Unit } from './statement.ts';

/** Templates by name, as their files hold them. */
export type Sources = readonly (readonly [name: string, source: string])[];

/**
 * Templates of Handlebars as one CommonJS module, for pages by the thousand: blocks become loops and branches of one function a
 * template, where Handlebars' own compiler makes a closure and a call of each. What it draws is what Handlebars draws with `strict`,
 * `knownHelpersOnly`, `explicitPartialContext` and `preventIndent`, of the part of the language that the pages use: `if`, `unless`,
 * `each` over lists, `with`, `lookup`, partials, our helpers, `@last`, `../`, names by `as`; anything else is refused here.
 *
 * The module exports `sources` (the hash given) and `templates(runtime)` (`runtime.ts`), which returns functions by name.
 */
export function compileTemplates(sources: Sources, known: Known, hash: string): string {
  // Read only where templates are compiled: a report of compiled ones does without it.
  const { parse } = createRequire(import.meta.url)('handlebars') as typeof Handlebars;
  const words = new Map<string, number>();
  const templates = new Set(sources.map(([name]) => name));
  const functions = sources.map(([name, source]) => {
    let variables = 0;
    const unit: Unit = { known, templates, words, fresh: () => `v${variables++}` };
    const program = parse(source, { srcName: `${name}.hbs` });
    const body = programOf(program, { contexts: ['c'], named: [], last: undefined }, unit);
    return `${JSON.stringify(name)}:(x,c)=>{let o="";\n${body}return o;}`;
  });
  return [
    '"use strict";// Generated from templates/pages and templates/partials by `npm run generate`.\n',
    `exports.sources=${JSON.stringify(hash)};\n`,
    'exports.templates=({h,escape,strict,there,items,lookup})=>{\n',
    `const f=[\n${[...words.keys()].map((call) => `(x)=>${call}`).join(',\n')}];\n`,
    'const say=(x,at)=>x.words[at]=escape(f[at](x));\n',
    'const draw=(name)=>{if(!Object.hasOwn(t,name))throw new Error(`no template ${name}`);return t[name];};\n',
    `const t={\n${functions.join(',\n')}};\n`,
    'return t;};\n',
  ].join('');
}
