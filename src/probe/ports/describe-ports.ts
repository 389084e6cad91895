import pLimit from 'p-limit';
import type { OpenPort } from '../../model/facts/ports.ts';
import type { Target } from '../../model/target.ts';
import type { ProbeRequest } from '../wire/wire.ts';
import { confirmPort } from './confirm/confirm.ts';
import { grabBanner, type Said } from './banner.ts';
import { listedPort, type Approach } from './port-list.ts';
import { readDnsVersionAnswer } from './dns-version.ts';
import { namedBy, recognise } from './recognise.ts';

/**
 * Most open ports of one host that are spoken to. A host that shows more is a firewall answering for everything, and
 * tells nothing true; its ports are listed as open without words.
 */
const maxSpokenTo = 200;

/** Asks each open port what it is. A stop leaves the rest without words. */
export async function describePorts(
  address: string,
  open: readonly number[],
  { target, wire, signal }: ProbeRequest,
): Promise<readonly OpenPort[]> {
  const spokenTo = new Set(open.length > maxSpokenTo ? open.filter(isKnown(target)).slice(0, maxSpokenTo) : open);
  const named = target.name === undefined ? {} : { name: target.name };
  const lane = pLimit(32);
  return Promise.all(
    open.map((port) =>
      lane(async () => {
        if (!spokenTo.has(port) || signal.aborted) return { port };
        const approach = approachOf(port, target);
        const seen = describe(port, approach, await grabBanner(address, port, { wire, signal, approach, ...named }));
        const details = await confirmPort(seen, { address, port, wire, signal, ...named });
        return details === undefined ? seen : { ...seen, details };
      }),
    ),
  );
}

function describe(port: number, approach: Approach, { bytes, tls }: Said): OpenPort {
  if (approach === 'dns') return describeDns(port, bytes);
  const text = bytes.toString('latin1');
  // Of a web answer only the head is kept: the page is not ours to store.
  const banner = /^HTTP\/\d/.test(text) ? (text.split('\r\n\r\n', 1)[0] ?? '') : text;
  return {
    port,
    ...recognise(port, bytes),
    ...(tls === undefined ? {} : { tls }),
    ...(banner === '' ? {} : { banner: banner.slice(0, 1024) }),
  };
}

/** Of a name server the text of its answer is kept, not the message around it. */
function describeDns(port: number, bytes: Buffer): OpenPort {
  const told = readDnsVersionAnswer(bytes);
  if (told === undefined) return { port, ...recognise(port, bytes) };
  return { port, ...namedBy('domain', told, port), tls: false, ...(told === '' ? {} : { banner: told }) };
}

/** What the owner declared of the port comes before what is usual there. */
function approachOf(port: number, target: Target): Approach {
  const declared = declaredAt(port, target);
  const usual = listedPort(port)?.approach;
  if (usual === 'hands-off') return usual;
  const approach = declaredApproaches.get(declared?.service ?? '') ?? usual ?? 'ask';
  if (declared?.tls !== true || approach === 'https') return approach;
  return approach === 'listen' || approach === 'tls' ? 'tls' : 'https';
}

const declaredApproaches: ReadonlyMap<string, Approach> = new Map([
  ['http', 'http'],
  ['https', 'https'],
  ['imaps', 'tls'],
  ['pop3s', 'tls'],
  ['smtps', 'tls'],
  ['ssh', 'listen'],
  ['ftp', 'listen'],
  ['smtp', 'listen'],
  ['telnet', 'listen'],
  ['mysql', 'listen'],
  ['vnc', 'listen'],
  ['redis', 'redis'],
  ['memcached', 'memcached'],
  ['postgresql', 'postgresql'],
  ['ms-wbt-server', 'rdp'],
  ['ms-sql-s', 'ms-sql'],
  ['amqp', 'amqp'],
  ['domain', 'dns'],
]);

function declaredAt(port: number, { endpoint }: Target) {
  return endpoint.kind === 'host' ? endpoint.services?.find((service) => service.port === port) : undefined;
}

const isKnown = (target: Target) => (port: number) =>
  listedPort(port) !== undefined || declaredAt(port, target) !== undefined;
