import { expect, it } from 'vitest';
import { inPieces } from '../../src/cli/in-pieces.ts';

function heard(isTTY?: true) {
  const pieces: string[] = [];
  return { pieces, out: inPieces({ write: (text) => pieces.push(text), ...(isTTY === undefined ? {} : { isTTY }) }) };
}

it('hands lines on together, in their order, when the turn is over or enough has come', async () => {
  const { pieces, out } = heard();
  const lines = Array.from({ length: 20_000 }, (_, index) => `dòng ${index}\n`);
  for (const line of lines) out.write(line);
  expect(pieces.length).toBeLessThan(10);
  await new Promise((resolve) => setImmediate(resolve));
  expect(pieces.join('')).toBe(lines.join(''));
});

it('holds nothing back when told to flush, and from a terminal', () => {
  const { pieces, out } = heard();
  out.write('a\n');
  out.flush();
  out.flush();
  expect(pieces).toEqual(['a\n']);
  const terminal = heard(true);
  terminal.out.write('a\n');
  expect(terminal.pieces).toEqual(['a\n']);
});
