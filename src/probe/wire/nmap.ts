import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { FailureError } from '../../model/failure.ts';
import {
  canonicalAddress,
  hostTimeoutSeconds,
  mostPayloads,
  nmapArgs,
  nmapRetries,
  sendsRaw,
  xmlFileOf,
  type NmapJob,
} from './nmap-args.ts';
import { runProcess } from './nmap-process.ts';
import { createNmapReader, type NmapScan } from './nmap-xml.ts';

export type Nmap = { readonly path: string; readonly version: string };

/** The nmap found in an absolute folder of PATH that answers `--version`; null when there is none. */
export async function findNmap(path: string = process.env['PATH'] ?? ''): Promise<Nmap | null> {
  const name = process.platform === 'win32' ? 'nmap.exe' : 'nmap';
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    const file = join(folder, name);
    const version = await versionOf(file).catch(() => null);
    if (version !== null) return { path: file, version };
  }
  return null;
}

async function versionOf(file: string): Promise<string | null> {
  await access(file, constants.X_OK);
  const { stdout } = await promisify(execFile)(file, ['--version'], {
    timeout: 5000,
    maxBuffer: 65_536,
    encoding: 'utf8',
  });
  return /^Nmap version (\S{1,40})/m.exec(stdout)?.[1] ?? null;
}

/** The thousand TCP ports that this nmap asks by itself, as ranges; null when it does not say. Nothing is sent. */
export async function askTopPorts({ path }: Nmap): Promise<string | null> {
  const args = ['-n', '-sT', '--top-ports', '1000', '-v', '-oG', '-'];
  const said = await promisify(execFile)(path, args, { timeout: 10_000, maxBuffer: 262_144, encoding: 'utf8' }).catch(
    () => null,
  );
  return /^# Ports scanned: TCP\(\d{1,5};([\d,-]{1,65536})\)/m.exec(said?.stdout ?? '')?.[1] ?? null;
}

/** A port takes some 200 bytes; one that -sV did not recognise, a fingerprint of a few thousand. */
const maxBytes = ({ ports, versions }: NmapJob) => 262_144 + ports.length * (versions === true ? 32_768 : 1024);

/** A whole scan, with the number of connections that it made, or of datagrams that it sent (`udp`). */
export type NmapAnswer = { readonly scan: NmapScan; readonly connections: number };

/**
 * Runs one job to its end. A scan that did not finish well gives no partial answer. Throws FailureError: `tool-missing`
 * (not started, crashed, refused a right), `timeout`, `not-run` (stopped), `protocol` (broken XML, or ports missing from
 * it), `too-large`.
 */
export async function runNmap(nmap: Nmap, job: NmapJob, signal: AbortSignal): Promise<NmapAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'rasoat-nmap-'));
  try {
    const targetFile = join(folder, 'targets');
    await writeFile(targetFile, `${canonicalAddress(job.address)}\n`, { mode: 0o600, flag: 'wx' });
    const udp = job.method === 'udp';
    const raw = sendsRaw(job);
    const reader = createNmapReader(udp ? 'udp' : 'tcp');
    let spoken = 0;
    let chatter = '';
    await runProcess({
      path: nmap.path,
      args: nmapArgs(job, targetFile),
      signal,
      timeoutMs: (hostTimeoutSeconds(job) + 15) * 1000,
      maxBytes: maxBytes(job),
      onOutput: (text) => {
        if (raw) chatter = (chatter + text).slice(-longestChatter);
        else reader.write(text);
      },
      onErrorLine: (line) => {
        if (/^NSOCK INFO .{0,80}(?:TCP|SSL) connection requested to /.test(line)) spoken += 1;
      },
    });
    if (raw) reader.write(await readXml(xmlFileOf(targetFile), maxBytes(job)));
    const scan = reader.end();
    const missing = job.ports.filter((port) => !scan.ports.has(port));
    if (missing.length > 0) throw new FailureError('protocol', `nmap told nothing of ${missing.length} ports`);
    const [, packets] = /Raw packets sent: (\d{1,9}) /.exec(chatter) ?? [];
    const asked = Number(packets ?? handshakes(scan) * (udp ? mostPayloads : 1));
    const sent = udp ? asked : asked + spoken;
    return { scan, connections: sent };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Its last words hold the count of packets. */
const longestChatter = 16_384;

/** What nmap wrote, which is its own program's output and yet bounded. */
async function readXml(file: string, mostBytes: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text.length > mostBytes) throw new FailureError('too-large', `nmap XML: more than ${mostBytes}`);
  return text;
}

/** One for each port that answered, and the retries for each that did not. */
function handshakes({ ports }: NmapScan): number {
  let sum = 0;
  for (const { state } of ports.values()) sum += state === 'silent' ? 1 + nmapRetries : 1;
  return sum;
}
