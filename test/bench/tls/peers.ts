import { existsSync } from 'node:fs';
import { timed, type Usage } from './timed-process.ts';

export type Peer = {
  readonly name: string;
  /** The command as a reader would type it. */
  readonly shown: string;
  readonly program: string;
  /** Hosts that it is given at most, where all of them would take hours. */
  readonly atMost?: number;
  readonly run: (addresses: readonly string[]) => Promise<Usage>;
};

const limitMs = 900_000;
const places = (addresses: readonly string[]) => addresses.map((address) => `${address}:443`).join('\n');
const xargs = (parallel: number, addresses: readonly string[], command: readonly string[]) =>
  timed('xargs', ['-P', String(parallel), '-n', '1', ...command], { input: places(addresses), limitMs });

const sslscanMinimal = ['--no-groups', '--no-heartbleed', '--no-renegotiation', '--no-compression', '--no-fallback'];
const nmapArgs = ['-Pn', '-n', '-sT', '-T4', '--min-hostgroup', '200', '--max-parallelism', '300', '-p', '443'];
const nmapScripts = ['--script', '+ssl-enum-ciphers,ssl-cert'];

/** What Debian ships, asked for versions, suites and certificates and nothing more, each as parallel as it goes best. */
export const peers: readonly Peer[] = [
  {
    name: 'sslscan, minimal',
    shown: `xargs -P16 sslscan ${sslscanMinimal.join(' ')}`,
    program: '/usr/bin/sslscan',
    run: (addresses) => xargs(16, addresses, ['sslscan', ...sslscanMinimal]),
  },
  {
    name: 'nmap',
    shown: `nmap ${[...nmapArgs, ...nmapScripts].join(' ')}`,
    program: '/usr/bin/nmap',
    run: (addresses) =>
      timed('nmap', [...nmapArgs, ...nmapScripts, '-iL', '-'], { input: addresses.join('\n'), limitMs }),
  },
  {
    name: 'testssl.sh',
    shown: 'xargs -P2 testssl -p -E -S --quiet --warnings off',
    program: '/usr/bin/testssl',
    atMost: 2,
    run: (addresses) => xargs(2, addresses, ['testssl', '-p', '-E', '-S', '--quiet', '--warnings', 'off']),
  },
];

export const isInstalled = ({ program }: Peer): boolean => existsSync(program);
