import { randomBytes, randomInt } from 'node:crypto';
import { FailureError } from '../../../model/failure.ts';
import type { UdpFacts } from '../../../model/facts/udp.ts';
import type { ProbeRequest } from '../../wire/wire.ts';
import { formatPortRanges, parsePortRanges } from '../port-ranges.ts';
import { ikeHeader, parseIke } from './ike.ts';
import {
  authCapabilitiesRequest,
  cipherSuiteNumbers,
  cipherSuitesRequest,
  parseAuthCapabilities,
  parseCipherRecords,
  type IpmiDetails,
} from './ipmi.ts';
import { isPrivateAnswer, ntpControl, ntpPrivate, parseControl } from './ntp.ts';
import { parseSnmp, snmpGet, type SnmpAnswer } from './snmp.ts';

/** Datagrams of one question at most: the first, and one more for a loss. */
const tries = 2;
const answerMs = 1500;

/** One question to one port: sends `words`, gives what `read` makes of the first answer that it knows. */
type Ask = <T>(port: number, words: Buffer, read: (bytes: Buffer) => T | undefined) => Promise<T | undefined>;

/**
 * Asks open ports by their own protocol what they let a stranger do, and SNMP also where nmap's question (of version 3) went
 * without an answer. A port that answers ours is open. At most four datagrams a port, eighteen of IPMI's list of suites.
 */
export async function confirmUdp(address: string, facts: UdpFacts, request: ProbeRequest): Promise<UdpFacts> {
  const open = new Set(facts.open.map(({ port }) => port));
  const silent = parsePortRanges(facts.silent) ?? [];
  const ask = asker(address, request);
  const snmpPublic = open.has(161) || silent.includes(161) ? await askSnmp(ask) : undefined;
  const ntp = open.has(123) ? await askNtp(ask) : undefined;
  const ike = open.has(500) ? await askIke(ask) : undefined;
  const ipmi = open.has(623) ? await askIpmi(ask) : undefined;
  const service = (port: number) => {
    if (port === 161 && (snmpPublic?.v1 === true || snmpPublic?.v2c === true)) return { service: 'snmp' as const };
    if (port === 123 && (ntp?.control === true || ntp?.private === true)) return { service: 'ntp' as const };
    if (port === 500 && ike !== undefined) return { service: 'isakmp' as const };
    return port === 623 && ipmi !== undefined ? { service: 'asf-rmcp' as const } : {};
  };
  const answered = [...open, ...silent].filter((port) => open.has(port) || 'service' in service(port));
  return {
    ...facts,
    open: answered.toSorted((a, b) => a - b).map((port) => ({ port, ...service(port) })),
    silent: formatPortRanges(silent.filter((port) => !answered.includes(port))),
    ...(snmpPublic === undefined ? {} : { snmpPublic }),
    ...(ntp === undefined ? {} : { ntp }),
    ...(ike === undefined ? {} : { ike }),
    ...(ipmi === undefined ? {} : { ipmi }),
  };
}

/** Undefined: no answer at any try. Throws for a stop, so that what was cut off is not taken for silence. */
function asker(address: string, { wire, signal, target }: ProbeRequest): Ask {
  const named = target.name === undefined ? {} : { name: target.name };
  return async (port, words, read) => {
    for (let turn = 0; turn < tries; turn += 1) {
      const accept = (bytes: Buffer) => read(bytes) !== undefined;
      try {
        const options = { signal, timeoutMs: answerMs, accept, ...named };
        return read(await wire.datagram(address, port, words, options));
      } catch (error) {
        if (signal.aborted || !(error instanceof FailureError)) throw error;
        if (!['timeout', 'refused', 'unreachable', 'protocol'].includes(error.failure.code)) throw error;
      }
    }
    return undefined;
  };
}

async function askSnmp(ask: Ask): Promise<NonNullable<UdpFacts['snmpPublic']>> {
  const get = async (version: 'v1' | 'v2c'): Promise<SnmpAnswer | undefined> => {
    const id = randomInt(0x1000_0000, 0x7fff_ffff);
    return ask(161, snmpGet(version, 'public', id), (bytes) => parseSnmp(bytes, id));
  };
  const v2c = await get('v2c');
  const v1 = await get('v1');
  const sysDescr = v2c?.sysDescr ?? v1?.sysDescr;
  return {
    v1: v1 !== undefined,
    v2c: v2c !== undefined,
    tries,
    ...(sysDescr === undefined ? {} : { sysDescr }),
  };
}

async function askNtp(ask: Ask): Promise<NonNullable<UdpFacts['ntp']>> {
  const sequence = randomInt(1, 0xffff);
  const control = await ask(123, ntpControl(sequence), (bytes) => parseControl(bytes, sequence));
  const isPrivate = await ask(123, ntpPrivate(), (bytes) => (isPrivateAnswer(bytes) ? true : undefined));
  const { version } = control ?? {};
  return {
    control: control !== undefined,
    private: isPrivate === true,
    ...(version === undefined ? {} : { version }),
  };
}

async function askIke(ask: Ask): Promise<UdpFacts['ike']> {
  const cookie = randomBytes(8);
  const version = await ask(500, ikeHeader(cookie), (bytes) => parseIke(bytes, cookie));
  return version === undefined ? undefined : { version };
}

async function askIpmi(ask: Ask): Promise<UdpFacts['ipmi']> {
  let sequence = 1;
  const capabilities = async (v2: boolean) => {
    const own = (sequence += 1);
    return ask(623, authCapabilitiesRequest(own, v2), (bytes) => parseAuthCapabilities(bytes, own));
  };
  const newer = await capabilities(true);
  // A controller of IPMI 1.5 may refuse the bit that asks of 2.0.
  const told = newer === 'refused' ? await capabilities(false) : newer;
  if (told === undefined || told === 'refused') return undefined;
  const suites = told.v2 ? await askSuites(ask, () => (sequence += 1)) : undefined;
  const ipmi: IpmiDetails = { ...told, ...(suites === undefined ? {} : { cipherSuites: suites }) };
  return ipmi;
}

/** More than any real list: 16 x 16 bytes, some fifty suites. */
const mostRecordParts = 16;

/** The whole list, or undefined. */
async function askSuites(ask: Ask, next: () => number): Promise<number[] | undefined> {
  const parts: Buffer[] = [];
  for (let index = 0; index < mostRecordParts; index += 1) {
    const own = next();
    const part = await ask(623, cipherSuitesRequest(own, index), (bytes) => parseCipherRecords(bytes, own));
    if (part === undefined || part === 'refused') return undefined;
    parts.push(part);
    if (part.length < 16) return cipherSuiteNumbers(Buffer.concat(parts));
  }
  return undefined;
}
