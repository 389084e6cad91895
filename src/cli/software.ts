import { createInterface } from 'node:readline';
import { softwareSources } from '../model/facts/software.ts';
import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';
import type { Explained, ExplainedProduct } from '../probe/software/explain.ts';
import { exitCodes } from './exit-codes.ts';
import { jsonOption } from './options.ts';
import type { Output } from './output.ts';
import { safeJson, safeText } from './safe-text.ts';
import type { Wiring } from './wiring.ts';

type Options = { json?: boolean };

/** `rasoat software explain SOURCE TEXT`: what we make of one banner; sends nothing. */
export function addSoftware({ program, output, run }: Wiring): void {
  const { say } = output;
  const software = program.command('software').description(say('software.about')).helpCommand(false);
  software
    .command('explain')
    .description(say('software.explain'))
    .argument('<source>', say('software.help.source'))
    .argument('<text>', say('software.help.text'))
    .addOption(jsonOption(output))
    // A greeting may begin with a dash: `-NOAUTH Authentication required.`
    .allowUnknownOption()
    .addHelpText('after', () => `\n${say('software.help.after', { sources: softwareSources.join(' ') })}`)
    .action(run((source: string, text: string, options: Options) => explain(output, source, text, options)));
}

async function explain(output: Output, name: string, text: string, options: Options): Promise<number> {
  const { sourceNamed } = await import('../probe/software/source-name.ts');
  const { explainBanner } = await import('../probe/software/explain.ts');
  const named = sourceNamed(name);
  if (named === undefined) {
    const sources = [...softwareSources, 'http.header:<name>'].join(' ');
    throw new UserError([{ message: message('software.unknown-source', { source: safeText(name), sources }) }]);
  }
  const made = (banner: string) => {
    const read = named(unescaped(banner));
    return explainBanner(read.source, read.text);
  };
  if (text === '-') {
    process.stdin.setEncoding('utf8');
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      output.line(safeJson(made(line)));
    }
  } else if (options.json === true) output.line(safeJson(made(text)));
  else print(output, made(text));
  return exitCodes.allMet;
}

/** `\r`, `\n`, `\t`, `\0` and `\xHH` as a shell or a list of banners writes bytes that a line cannot hold. */
function unescaped(text: string): string {
  const plain: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', 0: '\0' };
  return text.replace(/\\(?:x([0-9A-Fa-f]{2})|([rnt0]))/g, (_, hex: string | undefined, letter: string | undefined) =>
    hex === undefined ? (plain[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const fields = ['product', 'version', 'release', 'vendor', 'os', 'osVersion', 'package', 'cpe', 'purl'] as const;

function print(output: Output, found: Explained): void {
  const { say } = output;
  if (found.product === null) {
    output.line(say('software.nothing', { source: found.from }));
    return;
  }
  [found, ...found.also].forEach((product, at) => {
    if (at > 0) output.line();
    printProduct(output, product);
  });
  output.line(`${label(output, 'from')} ${found.from}`);
}

function printProduct(output: Output, product: ExplainedProduct): void {
  for (const field of fields) {
    const value = product[field];
    if (value !== null) output.line(`${label(output, field)} ${safeText(value)}`);
  }
  if (product.confidence !== null)
    output.line(`${label(output, 'confidence')} ${output.say(`software.confidence.${product.confidence}`)}`);
}

function label(output: Output, field: string): string {
  return `${output.say(`software.field.${field}`)}:`.padEnd(22);
}
