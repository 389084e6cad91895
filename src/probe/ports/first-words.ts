import { dnsVersionQuestion } from './dns-version.ts';
import type { Approach } from './port-list.ts';

/** PostgreSQL's SSLRequest (protocol 3.0, 55.2.10): answered by one letter, before any login. */
const postgresql = Buffer.from('0000000804d2162f', 'hex');

/** An X.224 connection request as RDP sends it ([MS-RDPBCGR] 2.2.1.1), asking for TLS or CredSSP. */
const rdp = Buffer.from('030000130ee000000000000100080003000000', 'hex');

/** A TDS PRELOGIN with version and encryption options ([MS-TDS] 2.2.6.5): answered by the server's version. */
const msSql = Buffer.from('1201001a00000000' + '00000b0006' + '0100110001' + 'ff' + '000000000000' + '02', 'hex');

/** AMQP 0-9-1's protocol header (4.2.2): answered by Connection.Start, in which the server names itself, before any login. */
const amqp = Buffer.from('AMQP\0\0\x09\x01', 'latin1');

/** What is said first to a service that waits for us; undefined where the service speaks first or nothing is said. */
export function firstWords(approach: Approach): Buffer | undefined {
  switch (approach) {
    case 'redis':
      return Buffer.from('PING\r\n');
    case 'memcached':
      return Buffer.from('version\r\n');
    case 'postgresql':
      return postgresql;
    case 'rdp':
      return rdp;
    case 'ms-sql':
      return msSql;
    case 'amqp':
      return amqp;
    case 'dns':
      return dnsVersionQuestion;
    case 'listen':
    case 'http':
    case 'https':
    case 'tls':
    case 'ask':
    case 'hands-off':
      return undefined;
  }
}

/**
 * What is said next to a service that answered strangers, on the same connection. Redis since 6: HELLO, by which its clients
 * begin a session and which is answered by its name and version; older ones call it unknown.
 */
export function nextWords(approach: Approach, answer: Buffer): Buffer | undefined {
  return approach === 'redis' && answer.toString('latin1').startsWith('+PONG') ? Buffer.from('HELLO 2\r\n') : undefined;
}
