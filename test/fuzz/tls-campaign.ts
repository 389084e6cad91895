import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { tlsFacts } from '../../src/model/facts/tls.ts';
import { classify } from '../../src/probe/classify.ts';
import { createTlsProbe } from '../../src/probe/tls/probe.ts';
import { makeCertificates } from '../servers/tls-certificates.ts';
import { labDirectory } from '../servers/tls-lab.ts';
import { openWire, serviceTarget } from '../servers/tls-wire.ts';
import { createRandom } from './tls-random.ts';
import type { ToServer } from './tls-server-main.ts';
import { clearPlace, startUpstreams, type Upstream } from './tls-upstreams.ts';

export type CampaignOptions = {
  /** Three bytes of loopback addresses that nobody else uses at the time, `127.0.66`. */
  readonly network: string;
  readonly seed: number;
  readonly ms: number;
  /** Goes on until so many cases are done, however slow the machine. */
  readonly leastCases?: number;
  /** Cases under way at once. */
  readonly lanes: number;
  readonly onProgress?: (report: CampaignReport) => void;
};

export type CampaignReport = {
  readonly cases: number;
  readonly connections: number;
  /** Observations that brought facts, and failures by code. */
  readonly endings: Readonly<Record<string, number>>;
  /** How often each mutation was sent. */
  readonly mutations: Readonly<Record<string, number>>;
  /** Cases by seed that were our own fault: a bug thrown, facts against the schema, no end after the deadline. */
  readonly faults: readonly { readonly seed: number; readonly what: string }[];
  readonly peakRss: number;
  /** Sockets of this process that were still open a moment after the last case. */
  readonly leftOpen: number;
};

/** Time for one case, and for it to come to rest after it was stopped. */
const caseMs = 6000;
const restMs = 30_000;

/** Runs whole observations against fuzzed servers until the time is over; every one must end in facts or a Failure. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
  const directory = await labDirectory();
  const server = fork(new URL('tls-server-main.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  server.setMaxListeners(4 * options.lanes);
  try {
    const certificates = await makeCertificates(directory.path);
    const { upstreams, stop } = await startUpstreams(options.network, directory.path, certificates);
    try {
      const [key, cert] = await Promise.all(
        [certificates.rsa.key, certificates.rsa.chain].map((file) => readFile(file, 'utf8')),
      );
      const places = Array.from({ length: options.lanes }, (_, lane) => ({
        host: `${options.network}.${lane + 1}`,
        port: 4433,
      }));
      await tell(
        server,
        { kind: 'listen', places, clear: clearPlace(options.network), pem: { key: key ?? '', cert: cert ?? '' } },
        isListening,
      );
      return await runLanes(server, upstreams, certificates.root, options);
    } finally {
      await stop();
    }
  } finally {
    server.kill();
    await directory.remove();
  }
}

async function runLanes(
  server: ChildProcess,
  upstreams: readonly Upstream[],
  root: string,
  options: CampaignOptions,
): Promise<CampaignReport> {
  const valid = new Ajv2020({ discriminator: true }).compile(tlsFacts);
  const tally = { cases: 0, connections: 0, endings: {} as Record<string, number>, peakRss: 0 };
  const faults: { seed: number; what: string }[] = [];
  const until = performance.now() + options.ms;
  let next = options.seed;

  const runOne = async (lane: number): Promise<void> => {
    const seed = next;
    next += 1;
    const random = createRandom(seed, 999_983);
    const { place, startTls } = upstreams[random.int(upstreams.length)] ?? { place: clearPlace(options.network) };
    await tell(server, { kind: 'begin', lane, next: { seed, behind: place } }, (said) => isBegun(said, lane));
    const wire = openWire({ connections: 8, perSecond: 1_000_000 });
    const name = random.chance(0.5) ? 'lab.test' : undefined;
    const target = {
      ...serviceTarget(`${options.network}.${lane + 1}`, 4433, name),
      ...(startTls === undefined ? {} : { startTls }),
    };
    const probe = createTlsProbe({ extraRoots: [root], answerMs: 150 });
    const observation = probe.observe({ target, wire, signal: AbortSignal.timeout(caseMs) });
    const ending = await Promise.race([
      endingOf(observation, valid),
      sleep(caseMs + restMs, { hang: true }, { ref: false }),
    ]);
    const word = typeof ending === 'string' ? ending : 'fault';
    tally.cases += 1;
    tally.connections += wire.costs()[0]?.connections ?? 0;
    tally.endings[word] = (tally.endings[word] ?? 0) + 1;
    tally.peakRss = Math.max(tally.peakRss, process.memoryUsage.rss());
    if (typeof ending !== 'string')
      faults.push({ seed, what: 'fault' in ending ? ending.fault : 'no end after the deadline' });
  };

  const report = async (): Promise<CampaignReport> => {
    const { counts } = (await tell(server, { kind: 'counts' }, isCounts)) as { counts: Record<string, number>[] };
    return { ...tally, faults, mutations: sumOf(counts), leftOpen: openSockets() };
  };
  const lane = async (number: number): Promise<void> => {
    while (performance.now() < until || tally.cases < (options.leastCases ?? 0)) {
      await runOne(number);
      if (tally.cases % 500 === 0) options.onProgress?.(await report());
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, (_, number) => lane(number)));
  for (let waits = 0; waits < 300 && openSockets() > 0; waits += 1) await sleep(100);
  return report();
}

/** A socket that was destroyed and whose handle was lost counts too. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
}

type Validate = (facts: unknown) => boolean;

/** `facts`, or the code of a failure that the target brought about; anything else is our fault. */
async function endingOf(
  observation: Promise<unknown>,
  valid: Validate & { errors?: unknown },
): Promise<string | { readonly fault: string }> {
  try {
    const facts: unknown = await observation;
    if (valid(JSON.parse(JSON.stringify(facts)))) return 'facts';
    return { fault: `facts against the schema: ${JSON.stringify(valid.errors)}` };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return 'deadline';
    const { code, detail } = classify(error);
    return code === 'bug' ? { fault: detail } : code;
  }
}

/** Says something to the servers' process and waits for the answer that is meant. */
async function tell(server: ChildProcess, message: ToServer, isMeant: (said: Said) => boolean): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onMessage = (said: unknown) => {
      if (!isMeant(said as Said)) return;
      server.off('message', onMessage).off('exit', onExit);
      resolve(said);
    };
    const onExit = () => {
      reject(new Error('the fuzzed servers ended'));
    };
    server.on('message', onMessage).on('exit', onExit);
    server.send(message);
  });
}

type Said = { readonly kind: string; readonly lane?: number };
const isListening = ({ kind }: Said) => kind === 'listening';
const isBegun = ({ kind, lane }: Said, ours: number) => kind === 'begun' && lane === ours;
const isCounts = ({ kind }: Said) => kind === 'counts';

function sumOf(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((one) => Object.entries(one))) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
