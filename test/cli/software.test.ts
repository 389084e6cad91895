import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await runProgram(['software', 'explain', ...args, '--lang', 'en'], {
    out: { write: (text) => (said.out += text) },
    err: { write: (text) => (said.err += text) },
    env: {},
  });
  return { code, ...said };
}

it('explains one banner in words and as JSON', async () => {
  const words = await run('ssh.banner', 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\\r\\n');
  expect(words.code).toBe(0);
  expect(words.out).toContain('9.2p1');
  expect(words.out).toContain('cpe:2.3:a:openbsd:openssh:9.2:p1');
  const json = await run('redis.banner', '-NOAUTH Authentication required.', '--json');
  expect(JSON.parse(json.out)).toMatchObject({ product: 'redis', version: null, from: 'redis.banner', also: [] });
});

it('says that nothing is told with exit 0, and refuses a source that is none with all that there are', async () => {
  const nothing = await run('smtp.banner', '220 mx ESMTP', '--json');
  expect([nothing.code, JSON.parse(nothing.out)]).toMatchObject([
    0,
    { product: null, version: null, vendor: null, os: null, cpe: null },
  ]);
  const refused = await run('no.such', 'x');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('ssh.banner');
});

it('shows a hostile banner without obeying it', async () => {
  const { out } = await run('http.server', '\\x1b[31mevil/1.0\\x07\\x9b');
  expect(out).not.toMatch(/[^\P{Cc}\n]/u);
});

it('reads one banner a line from standard input, one object a line', () => {
  const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [program, 'software', 'explain', 'http.server', '-'], {
    input: 'nginx/1.22.1\n\nApache/2.4.57 (Debian)\n',
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { product: string | null; version: string | null });
  expect(lines.map(({ product, version }) => [product, version])).toEqual([
    ['nginx', '1.22.1'],
    [null, null],
    ['apache-http-server', '2.4.57'],
  ]);
});
