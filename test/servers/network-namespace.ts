import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';

/** A network of its own, with nothing but a loopback device: what is dropped or bound there touches nobody else. */
export type NetworkNamespace = {
  readonly name: string;
  /** Runs a program inside to its good end and gives what it printed. */
  readonly run: (command: string, ...args: string[]) => string;
  /** The same without holding up this process. */
  readonly output: (command: string, ...args: string[]) => Promise<string>;
  readonly remove: () => void;
};

const tools = ['/usr/sbin/ip', '/usr/sbin/nft'];

/** Why namespaces cannot be made here; undefined where they can. */
export function whyNoNamespaces(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  const missing = tools.filter((tool) => !existsSync(tool));
  if (missing.length > 0) return `needs ${missing.join(' and ')}`;
  try {
    makeNamespace().remove();
    return undefined;
  } catch {
    return 'network namespaces are not allowed here';
  }
}

export function makeNamespace(): NetworkNamespace {
  const name = `rasoat-test-${randomUUID().slice(0, 8)}`;
  const ip = (...args: string[]) => execFileSync('/usr/sbin/ip', args, { encoding: 'utf8', stdio: 'pipe' });
  ip('netns', 'add', name);
  ip('netns', 'exec', name, '/usr/sbin/ip', 'link', 'set', 'lo', 'up');
  return {
    name,
    run: (command, ...args) => ip('netns', 'exec', name, command, ...args),
    output: (command, ...args) =>
      new Promise((resolve, reject) => {
        const child = spawn('/usr/sbin/ip', ['netns', 'exec', name, command, ...args]);
        let [out, err] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
        child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
        child.once('error', reject).once('close', (code) => {
          if (code === 0) resolve(out);
          else reject(new Error(`${command} ended with ${String(code)}: ${err}`));
        });
      }),
    remove: () => {
      ip('netns', 'del', name);
    },
  };
}
