import { tlsProtocols, type ProtocolFacts, type TlsProtocol } from '../../model/facts/tls.ts';
import type { Answer, HelloAnswer } from './answer.ts';
import { chainFacts } from './certificates.ts';
import { enumerateSslv2, type Sslv2Result } from './enumerate-sslv2.ts';
import { enumerate } from './enumerate.ts';
import type { Dial } from './exchange.ts';
import { fingerprintOf } from './fingerprint.ts';
import { createHabits } from './habits.ts';
import { failureOf } from './hopeless.ts';
import type { LaneResult } from './lane-result.ts';
import { createLane, type Lane, type NoAnswer } from './lane.ts';
import { open } from './opening.ts';
import { turnedRound } from './order.ts';
import { sslv2SuiteFact, suiteFact } from './registry/suites.ts';
import type { SeenProtocols, SeenVersion } from './seen.ts';
import { readFlights13 } from './tls13/read-flights.ts';

export type ProtocolOptions = {
  readonly sni: string | undefined;
  /** Groups and signature schemes are wanted too. */
  readonly agreements: boolean;
  /** Called as soon as a ServerHello was seen. */
  readonly onSpeaksTls: () => void;
};

/** Protocols, suites and chains of one service. Throws FailureError when no version was seen. */
export async function observeProtocols(dial: Dial, options: ProtocolOptions): Promise<SeenProtocols> {
  const { sni, onSpeaksTls } = options;
  const habits = createHabits(dial);
  const start = async (protocol: Lane['protocol'], proven: boolean): Promise<LaneResult> => {
    const lane = createLane(dial, protocol, options);
    if (proven || habits.lanes === 1) return { lane, opening: await open(lane, proven) };
    const ahead = lane.ask(lane.usual, turnedRound(lane.offer));
    const [opening] = await Promise.all([open(lane, proven), ahead]);
    return { lane, opening, ahead };
  };
  const finish = async ({ lane, opening, ahead }: LaneResult): Promise<LaneResult> => {
    if (opening.kind !== 'offered') {
      habits.tell(lane.protocol, undefined);
      return { lane, opening };
    }
    const isUsual = opening.plan === lane.usual;
    const enumeration = await enumerate(lane, opening, habits, isUsual ? ahead : undefined);
    // For those that still wait, where it never came to that question.
    habits.tell(lane.protocol, undefined);
    return { lane, opening, enumeration };
  };
  const first = await Promise.all([start('TLSv1.2', false), start('TLSv1.3', false)]);
  const proven = first.some(isOffered);
  const others: Lane['protocol'][] = ['TLSv1.1', 'SSLv3'];
  if (first.every(isMute)) {
    // Before every other version is asked in vain, the one that the oldest servers answer.
    if (first.some(isTimeout)) first.push(await start('TLSv1.0', true));
    if (first.every(isMute)) throw failureOf(first.map(answerOf), sni);
  } else others.unshift('TLSv1.0');
  if (proven) onSpeaksTls();

  const [sslv2, ...results] = await Promise.all([
    enumerateSslv2(dial),
    ...first.map(finish),
    ...others.map(async (protocol) => finish(await start(protocol, proven))),
  ]);
  const spoken = results.some(isOffered);
  if (!spoken && sslv2.kind !== 'offered') throw failureOf(results.map(answerOf), sni);
  if (spoken && !proven) onSpeaksTls();
  return assemble(dial, sni, sslv2, results);
}

async function assemble(
  dial: Dial,
  sni: string | undefined,
  sslv2: Sslv2Result,
  results: readonly LaneResult[],
): Promise<SeenProtocols> {
  const modern = results.find(({ lane, opening }) => lane.protocol === 'TLSv1.3' && opening.kind === 'offered');
  if (modern?.opening.kind === 'offered' && results.every(({ lane }) => lane.flights.every(hasNoChain))) {
    const { group } = modern.opening.first.hello;
    modern.lane.flights.push(...(await readFlights13(dial, sni, modern.enumeration?.suites ?? [], group)));
  }
  const chains = results.flatMap(({ lane }) =>
    lane.flights.flatMap(({ chain = [] }) => (chain.length === 0 ? [] : [chain])),
  );
  // SSLv2 has room for the leaf alone; beside a chain of a later version it would look like a chain cut short.
  if (chains.length === 0 && sslv2.kind === 'offered') chains.push([sslv2.hello.certificate]);
  const facts = new Map<TlsProtocol, ProtocolFacts | undefined>([
    ['SSLv2', sslv2Facts(sslv2)],
    ...results.map((result) => [result.lane.protocol, protocolFacts(result)] as const),
  ]);
  const protocols: Partial<Record<TlsProtocol, ProtocolFacts>> = {};
  for (const protocol of tlsProtocols) {
    const seen = facts.get(protocol);
    if (seen !== undefined) protocols[protocol] = seen;
  }
  const certificates = chainFacts(chains);
  const fingerprint = fingerprintOf(results);
  return {
    facts: {
      protocols,
      ...(certificates.length === 0 ? {} : { chains: certificates }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
    },
    versions: results.flatMap(seenVersionOf).sort((a, b) => newerFirst(a.protocol, b.protocol)),
    ...(sslv2.kind === 'offered' ? { sslv2: sslv2.hello } : {}),
    chains,
  };
}

function seenVersionOf({ lane, opening, enumeration }: LaneResult): SeenVersion[] {
  if (opening.kind !== 'offered') return [];
  const { first, plan } = opening;
  const { suites, complete } = enumeration ?? { suites: [first.hello.suite], complete: false };
  const { protocol, hellos, flights, agreed } = lane;
  return [{ protocol, first, plan, suites, complete, hellos, flights, agreed }];
}

function hasNoChain({ chain = [] }: HelloAnswer): boolean {
  return chain.length === 0;
}

function newerFirst(a: TlsProtocol, b: TlsProtocol): number {
  return tlsProtocols.indexOf(b) - tlsProtocols.indexOf(a);
}

function protocolFacts({ opening, enumeration }: LaneResult): ProtocolFacts | undefined {
  switch (opening.kind) {
    case 'offered': {
      if (enumeration === undefined) return { offered: true };
      const { suites, complete, order } = enumeration;
      return {
        offered: true,
        suites: suites.map(suiteFact),
        ...(complete ? { complete } : {}),
        ...(order === undefined ? {} : { order }),
      };
    }
    // Something else works on this service, or there would be no facts: silence is this version's refusal.
    case 'refused':
    case 'silent':
      return { offered: false };
    case 'unknown':
      return undefined;
  }
}

/** In SSLv2 the server lists what it has and the client chooses. */
function sslv2Facts(result: Sslv2Result): ProtocolFacts | undefined {
  switch (result.kind) {
    case 'offered': {
      const suites = [...new Set(result.hello.kinds)].slice(0, 512).map(sslv2SuiteFact);
      return { offered: true, suites, complete: true, ...(suites.length > 1 ? { order: 'client' as const } : {}) };
    }
    case 'refused':
      return { offered: false };
    case 'unknown':
      return undefined;
  }
}

const isOffered = ({ opening }: LaneResult): boolean => opening.kind === 'offered';

/** No connection, nothing that is TLS, or no word at all. */
function isMute({ opening }: LaneResult): boolean {
  if (opening.kind !== 'unknown') return false;
  return opening.answer.kind === 'failed' || opening.answer.kind === 'not-tls' || opening.answer.kind === 'timeout';
}

function isTimeout({ opening }: LaneResult): boolean {
  return opening.kind === 'unknown' && opening.answer.kind === 'timeout';
}

function answerOf({ opening }: LaneResult): Answer | NoAnswer {
  return opening.kind === 'offered' ? opening.first : opening.answer;
}
