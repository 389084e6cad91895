import { Type, type Static } from '@sinclair/typebox';
import type { UdpFacts } from '../../model/facts/udp.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, list, portNumber } from '../../model/schema.ts';
import { assemble, seen, unseen, type Part } from './part.ts';
import { portSet } from './port-set.ts';
import type { Derived } from './view.ts';

const port = { port: portNumber };
const snmpView = Type.Object(
  {
    ...port,
    /** SNMP 1 or 2c answered the community `public`. */
    answersPublic: Type.Optional(Type.Boolean()),
  },
  closed,
);
const ntpView = Type.Object(
  {
    ...port,
    /** A stranger's question about the server's variables (mode 6), or of ntpd's private mode 7, was answered. */
    answersControl: Type.Optional(Type.Boolean()),
    answersPrivate: Type.Optional(Type.Boolean()),
  },
  closed,
);
const ikeView = Type.Object(port, closed);
const ipmiView = Type.Object(
  {
    ...port,
    /** Somebody who proves nothing is let in: authentication none, or a user with neither name nor password. */
    withoutLogin: Type.Optional(Type.Boolean()),
    /** Cipher suite 0: any password is right. */
    cipherZero: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** Services over UDP that answered. A list is absent where nothing was asked, or nothing of the host answered at all. */
export const udpServiceFacts = {
  snmpServices: Type.Optional(list(snmpView, 16)),
  ntpServices: Type.Optional(list(ntpView, 16)),
  ikeServices: Type.Optional(list(ikeView, 16)),
  ipmiServices: Type.Optional(list(ipmiView, 16)),
} as const;
type UdpServices = { [K in keyof typeof udpServiceFacts]?: Static<(typeof udpServiceFacts)[K]> };

/** What each service told beyond that it is there. */
const keys = {
  snmpServices: ['answersPublic'],
  ntpServices: ['answersControl', 'answersPrivate'],
  ikeServices: [],
  ipmiServices: ['withoutLogin', 'cipherZero'],
} as const satisfies Record<keyof UdpServices, readonly string[]>;

/**
 * Derives the lists. Silence of a port counts as "does not answer" only on a host that answered otherwise, as with TCP:
 * each port was asked twice. `facts` is absent in observations older than the question.
 */
export function describeUdp(facts: UdpFacts | undefined, tcpAnswered: boolean): Derived<UdpServices> {
  if (facts === undefined) return { view: {}, unseen: [] };
  const answers = readAnswers(facts, tcpAnswered);
  const derived = assemble<UdpServices>('/ports', {
    snmpServices: answers(161, () => snmpOf(facts)),
    ntpServices: answers(123, () => ntpOf(facts)),
    ikeServices: answers(500, () => ({})),
    ipmiServices: answers(623, () => ipmiOf(facts)),
  });
  return { view: derived.view, unseen: [...derived.unseen, ...notTold(derived.view)] };
}

type Answers = <T extends object>(number: number, describe: () => T) => Part<({ port: number } & T)[]>;

function readAnswers(facts: UdpFacts, tcpAnswered: boolean): Answers {
  const open = new Set(facts.open.map((one) => one.port));
  const [asked, shut, silent] = [portSet(facts.asked), portSet(facts.closed), portSet(facts.silent)];
  const alive = tcpAnswered || open.size > 0 || shut.size > 0;
  const whyNot = (number: number): Failure => {
    if (facts.hindrance !== undefined) return facts.hindrance;
    if (!asked.has(number)) return failure('not-permitted', `UDP port ${number} was not asked`);
    return silent.has(number)
      ? failure('timeout', `UDP port ${number} and every other port were silent`)
      : failure('unreachable', `UDP port ${number} cannot be reached`);
  };
  return (number, describe) => {
    if (open.has(number)) return seen([{ port: number, ...describe() }]);
    return shut.has(number) || (silent.has(number) && alive) ? seen([]) : unseen(whyNot(number));
  };
}

function snmpOf({ snmpPublic }: UdpFacts) {
  return snmpPublic === undefined ? {} : { answersPublic: snmpPublic.v1 || snmpPublic.v2c };
}

function ntpOf({ ntp }: UdpFacts) {
  return ntp === undefined ? {} : { answersControl: ntp.control, answersPrivate: ntp.private };
}

function ipmiOf({ ipmi }: UdpFacts) {
  if (ipmi === undefined) return {};
  const { authTypes, anonymousLogin, v2, cipherSuites } = ipmi;
  const withoutLogin = authTypes.includes('none') || anonymousLogin;
  // Suites came with IPMI 2.0.
  if (!v2) return { withoutLogin, cipherZero: false };
  return { withoutLogin, ...(cipherSuites === undefined ? {} : { cipherZero: cipherSuites.includes(0) }) };
}

function notTold(view: UdpServices): Derived<UdpServices>['unseen'] {
  return Object.entries(keys).flatMap(([name, wanted]) =>
    (view[name as keyof UdpServices] ?? []).flatMap((one, index) =>
      wanted
        .filter((key) => !(key in one))
        .map((key) => ({
          at: `/ports/${name}/${index}/${key}`,
          failure: failure('undecided', `UDP port ${one.port} did not tell: ${key}`),
        })),
    ),
  );
}
