import { Type, type Static } from '@sinclair/typebox';
import { portDetails } from './port-details.ts';
import { closed, list, oneOf, portNumber, text } from '../schema.ts';
import { udpFacts } from './udp.ts';

export const openPortSchema = Type.Object(
  {
    port: portNumber,
    /** Service as recognised, in nmap's words (`ssh`, `http`, `mysql`); absent when nothing told. */
    service: Type.Optional(text(64)),
    product: Type.Optional(text(256)),
    version: Type.Optional(text(128)),
    extra: Type.Optional(text(512)),
    tls: Type.Optional(Type.Boolean()),
    /** First bytes the service said, as latin1 text; never evaluated. */
    banner: Type.Optional(text(1024)),
    /** What its own handshake told beyond the greeting. */
    details: Type.Optional(portDetails),
  },
  closed,
);
export type OpenPort = Static<typeof openPortSchema>;

/** Which TCP ports of one address answered. A port asked and in none of the lists did not get an answer we understand. */
export const portsFacts = Type.Object(
  {
    engine: oneOf(['nmap', 'connect']),
    engineVersion: Type.Optional(text(64)),
    /** How nmap asked: by half handshakes (`-sS`) or whole ones. Absent of our own scan, whose are whole. */
    method: Type.Optional(oneOf(['syn', 'connect'])),
    /** Ports asked, as ranges: `21-23,80,443`. */
    asked: text(20_000),
    open: list(openPortSchema, 65_535),
    /** Ports that answered with a reset, as ranges. */
    closed: text(400_000),
    /** Ports that did not answer, as ranges: not known to be open or closed. */
    silent: text(400_000),
    /** Absent: UDP was left out, or the observation is older than the question. */
    udp: Type.Optional(udpFacts),
  },
  closed,
);
export type PortsFacts = Static<typeof portsFacts>;
