import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';

const guide = readFileSync('src/engine/OPERATING.md', 'utf8');

/** Every `rasoat ...` of the guide, from code: its words up to the first that is no subcommand, and its options. */
const said = [...guide.matchAll(/(?:^|`)(rasoat [a-z][^`\n#|]*)/gm)].map((match) => {
  const words = (match[1] ?? '')
    .trim()
    .replace(/[[\];,]/g, ' ')
    .split(/\s+/)
    .slice(1);
  const end = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  return { words: end < 0 ? words : words.slice(0, end), options: words.filter((word) => word.startsWith('--')) };
});

async function help(words: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const stream = { write: (more: string) => (text += more) };
  const code = await runProgram([...words, '--help', '--lang', 'en'], { out: stream, err: stream, env: {} });
  return { code, text };
}

describe("the operator's guide", () => {
  it('names commands that exist, with options that they have', async () => {
    expect(said.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    // A command once, with all the options that are said of it.
    for (const [name, uses] of Map.groupBy(said, ({ words }) => words.join(' '))) {
      const { code, text } = await help(name.split(' '));
      const usage = /^Usage: rasoat ([a-z -]*)/m.exec(text)?.[1]?.trim() ?? '';
      if (code !== 0 || usage !== name) wrong.push(`rasoat ${name}`);
      for (const option of new Set(uses.flatMap(({ options }) => options)))
        if (!new RegExp(`${option}[ ,\\n]`).test(text)) wrong.push(`rasoat ${name} ${option}`);
    }
    expect(wrong).toEqual([]);
  });

  it('names files that are there', () => {
    const files = [...guide.matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map((match) => match[1] ?? '');
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
