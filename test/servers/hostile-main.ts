import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startHostile } from './hostile.ts';

/** The hostile server in a process of its own, so that its memory is not counted with ours. */
export async function spawnHostile(address: string): Promise<{ readonly port: number; readonly close: () => void }> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  return { port: Number(printed.toString()), close: () => void child.kill() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { port } = await startHostile({ address: process.argv[2] ?? '127.0.0.1' });
  process.stdout.write(`${port}\n`);
}
