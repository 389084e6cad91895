import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { makeNamespace, whyNoNamespaces } from '../../servers/network-namespace.ts';

/**
 * Runs a program in a network of its own, where nobody else listens and a firewall rule touches nobody, and gives its exit
 * code; 2 where no such network can be made.
 */
export async function runInNamespace(main: string, args: readonly string[]): Promise<number> {
  const why = whyNoNamespaces();
  if (why !== undefined) {
    console.error(`This bench ${why}.`);
    return 2;
  }
  const namespace = makeNamespace();
  try {
    const child = spawn('/usr/sbin/ip', ['netns', 'exec', namespace.name, process.execPath, main, ...args], {
      stdio: 'inherit',
    });
    // Ctrl-C of a terminal reaches the child by itself, `kill -INT` of us alone does not; we stay to take the network away.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    const [code] = (await once(child, 'close')) as [number | null];
    return code ?? 70;
  } finally {
    namespace.remove();
  }
}

/** Sets firewall rules of the network this process is in, in nft's language. */
export function firewall(rules: string): void {
  execFileSync('/usr/sbin/nft', ['-f', '-'], { input: `${rules}\n`, stdio: ['pipe', 'pipe', 'pipe'] });
}
