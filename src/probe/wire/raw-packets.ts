import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Whether nmap may send packets of its own making: the options that it needs for it, or why it may not. */
export type RawPackets =
  | { readonly allowed: true; readonly options: readonly string[] }
  | { readonly allowed: false; readonly reason: string };

/** CAP_NET_RAW, capabilities(7). */
const netRaw = 13n;

/**
 * Whether the nmap at `path` may send raw packets when we start it. On Linux by capabilities, since a container's root often
 * lacks this one: those of root, those that we hand on (ambient), those of the file. Elsewhere root may. Nothing is sent.
 */
export async function rawPackets(path: string): Promise<RawPackets> {
  const root = process.getuid?.() === 0;
  if (process.platform !== 'linux') return root ? yes([]) : no('nmap needs root to send raw packets');
  const held = await capabilities();
  if (root) return held('CapEff') ? yes([]) : no('root without CAP_NET_RAW');
  // nmap looks for root itself; these two ways it cannot see.
  if (held('CapAmb') || (await fileMay(path))) return yes(['--privileged']);
  return no('nmap needs root or CAP_NET_RAW to send raw packets');
}

const yes = (options: readonly string[]): RawPackets => ({ allowed: true, options });
const no = (reason: string): RawPackets => ({ allowed: false, reason });

async function capabilities(): Promise<(set: 'CapEff' | 'CapAmb') => boolean> {
  const status = await readFile('/proc/self/status', 'latin1').catch(() => '');
  return (set) => {
    const [, mask] = new RegExp(`^${set}:\\s*([0-9a-f]{1,16})$`, 'm').exec(status) ?? [];
    return mask !== undefined && ((BigInt(`0x${mask}`) >> netRaw) & 1n) === 1n;
  };
}

/** `/usr/bin/nmap cap_net_raw=eip`, as getcap of libcap prints it; without getcap it is not known, so no. */
async function fileMay(path: string): Promise<boolean> {
  for (const getcap of ['/usr/sbin/getcap', '/sbin/getcap', '/usr/bin/getcap']) {
    const said = await promisify(execFile)(getcap, [path], { timeout: 5000, encoding: 'utf8' }).catch(() => null);
    if (said !== null) return /cap_net_raw[^ ]*[=+][a-z]*e/.test(said.stdout.slice(0, 1000));
  }
  return false;
}

/** Whether a program's last words say that a right was refused to it, and not that it broke. */
export function isRefusal(words: string): boolean {
  return /root privileges|operation not permitted|permission denied|not permitted|raw socket|no permission/i.test(
    words,
  );
}
