import { Type, type Static } from '@sinclair/typebox';
import { failureSchema } from '../failure.ts';
import { closed, list, oneOf, portNumber, text } from '../schema.ts';

/** GetRequest of sysDescr with the community `public` (RFC 1157, RFC 3416): which versions were answered. */
const snmpPublic = Type.Object(
  {
    v1: Type.Boolean(),
    v2c: Type.Boolean(),
    /** Datagrams sent of each version that was not answered. */
    tries: Type.Integer({ minimum: 1, maximum: 16 }),
    /** What the agent says it is (RFC 1213, system 1). */
    sysDescr: Type.Optional(text(1024)),
  },
  closed,
);

/** Modes of NTP beside time itself (RFC 9327; ntpd's mode 7): true answered, false silent at two tries. */
const ntp = Type.Object(
  {
    control: Type.Boolean(),
    private: Type.Boolean(),
    /** `version` of the server's variables. */
    version: Type.Optional(text(256)),
  },
  closed,
);

export const ipmiAuthTypes = ['none', 'md2', 'md5', 'password', 'oem'] as const;

/** Get Channel Authentication Capabilities and Get Channel Cipher Suites (IPMI 2.0, 22.13 and 22.15), both before a login. */
const ipmi = Type.Object(
  {
    authTypes: list(oneOf(ipmiAuthTypes), 5),
    /** IPMI 2.0 (RMCP+) is spoken. */
    v2: Type.Boolean(),
    /** A user with neither name nor password is let in. */
    anonymousLogin: Type.Boolean(),
    /** Users without a name. */
    nullUsers: Type.Boolean(),
    /** Numbers of the cipher suites offered, whole; absent where they were not told. 0 asks for no proof of who it is. */
    cipherSuites: Type.Optional(list(Type.Integer({ minimum: 0, maximum: 255 }), 256)),
  },
  closed,
);

/** A UDP port that answered; `service` only where the answer proves it. */
const openUdpPort = Type.Object(
  { port: portNumber, service: Type.Optional(oneOf(['snmp', 'ntp', 'isakmp', 'asf-rmcp', 'domain'])) },
  closed,
);

/** What a short list of UDP ports of one address answered, each to the first question that its clients ask. */
export const udpFacts = Type.Object(
  {
    /** As ranges, like the three below. */
    asked: text(1000),
    open: list(openUdpPort, 64),
    /** The host said that nothing listens there. */
    closed: text(1000),
    /** No answer: a filter, or a listener that does not answer strangers. */
    silent: text(1000),
    /** Why no port was asked. */
    hindrance: Type.Optional(failureSchema),
    snmpPublic: Type.Optional(snmpPublic),
    ntp: Type.Optional(ntp),
    /** Highest version of IKE that was told. */
    ike: Type.Optional(Type.Object({ version: text(8) }, closed)),
    ipmi: Type.Optional(ipmi),
  },
  closed,
);
export type UdpFacts = Static<typeof udpFacts>;
