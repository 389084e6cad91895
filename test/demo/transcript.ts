import { spawn } from 'node:child_process';

export type Demo = { readonly code: number | null; readonly lines: readonly string[]; readonly seconds: number };

/** Runs the demo in English into a folder of its own, as `npm run demo` does. */
export function runDemo(out: string): Promise<Demo> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['test/demo/demo.ts', '--lang=en', `--out=${out}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({
        code,
        lines: `${text}\n${code === 0 ? '' : errors}`.split('\n'),
        seconds: (performance.now() - startedAt) / 1000,
      });
    });
  });
}

/** The systems that the demo's summary names, worst first. */
export function worst(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => /^ *▲ (.*?) {2,}\d/.exec(line)?.[1] ?? []);
}

/**
 * What of the demo's output is the same on every machine and day: its sentences, without numbers (claims and deadlines
 * age, nmap counts otherwise than the built-in scan), paths, the programs installed and the systems named.
 */
export function steady(lines: readonly string[]): readonly string[] {
  return lines
    .map((line) => line.trim().replace(/ \((nginx|sshd).*\)/, ''))
    .filter((line) => line !== '' && !/^(Run |\d+\/\d+ targets|Report:)/.test(line))
    .map((line) =>
      line
        .replace(/^▲ .*? {2,}/, '▲ ')
        .replace(/\d[\d.,]*/g, '#')
        .replace(/\s+/g, ' ')
        .replace(/(obligation|finding)s?\b/g, '$1'),
    )
    .sort();
}
