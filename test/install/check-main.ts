// `npm run check:pack`: packs the program, installs it with production dependencies alone into an empty folder and uses it there, with
// nothing on PATH but one Node 24. Ends with 1 where anything does not work as in this clone.
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sketchInventory } from '../e2e/inventory.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const host = '127.85.1.10';
const folder = await mkdtemp(join(tmpdir(), 'rasoat-install-'));
const started = performance.now();
const since = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const server = createServer((_, response) => response.end('<title>ok</title>'));
try {
  const tarball = await step('npm pack', async () => {
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
    return join(folder, stdout.trim().split('\n').at(-1) ?? '');
  });
  const home = join(folder, 'home');
  await mkdir(home);
  await writeFile(join(home, 'package.json'), '{"private":true}\n');
  // An official Node 24 stands on such a machine; the one that npm could bring is left out.
  const flags = ['--omit=dev', '--omit=optional', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await step('npm install', () => run('npm', ['install', ...flags, tarball], { cwd: home }));

  const path = join(folder, 'path');
  await mkdir(path);
  await symlink(process.execPath, join(path, 'node'));
  const inventory = join(home, 'tinh.yaml');
  const port = 8080;
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const endpoint = { kind: 'web', url: `http://${host}:${port}/` };
  await writeFile(inventory, sketchInventory([{ id: 'cong', endpoints: [endpoint] }]));
  const example = join(home, 'node_modules/rasoat/inventory/lai-chau.example.yaml');
  const out = ['--out', join(home, 'ket-qua')];
  const uses: readonly (readonly [args: readonly string[], exits: readonly number[], says: RegExp])[] = [
    [['--version'], [0], /\d+\.\d+\.\d+/],
    [['doctor'], [0], /24\./],
    [['checks', 'list'], [0], /tls-/],
    [['inventory', 'validate', example], [0], /./],
    [['scan', '--inventory', inventory, ...out], [0, 1, 3], /report/],
    [['findings', ...out], [0], /./],
    [['track', ...out], [0], /./],
    [['layers', ...out], [0, 1, 3], /./],
    [['report', ...out], [0], /index\.html/],
    [['schedule', 'show', ...out], [0, 1], /./],
    [['db', 'backup', '--to', join(home, 'ban-sao.sqlite'), ...out], [0], /./],
    [['worker', '--help'], [0], /rasoat worker/],
    [['serve', '--help'], [0], /rasoat serve/],
    [['agent', 'run', '--help'], [0], /rasoat agent/],
  ];
  for (const [args, exits, says] of uses)
    await step(`rasoat ${args.slice(0, 2).join(' ')}`, async () => {
      const { code, text } = await use(join(home, 'node_modules/rasoat/bin/rasoat.cjs'), args, path, home);
      if (!exits.includes(code) || !says.test(text)) throw new Error(`ended with ${code}:\n${text}`);
    });
  const pages = await readdir(join(home, 'ket-qua/report'), { recursive: true });
  if (!pages.some((page) => page.startsWith('he-thong'))) throw new Error('the report has no page of a system');
  console.log(`installed and used in ${since(started)}: ${uses.length} commands, ${pages.length} files of a report`);
} finally {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  try {
    const done = await work();
    console.log(`ok    ${name}  ${since(from)}`);
    return done;
  } catch (error) {
    console.log(`wrong ${name}  ${since(from)}`);
    throw error;
  }
}

function use(file: string, args: readonly string[], path: string, home: string) {
  const env = { PATH: path, HOME: home, RASOAT_LANG: 'en', NO_COLOR: '1' };
  const child = spawn(join(path, 'node'), [file, ...args], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (data: string) => (text += data));
  return new Promise<{ readonly code: number; readonly text: string }>((resolve) => {
    child.once('close', (code) => {
      resolve({ code: code ?? 70, text });
    });
  });
}
