import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPortSchema } from '../../../src/model/facts/ports.ts';
import { recognise, type Recognised } from '../../../src/probe/ports/recognise.ts';

const cases: readonly (readonly [port: number, banner: string, expected: Recognised])[] = [
  [
    22,
    'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n',
    { service: 'ssh', product: 'openssh', version: '9.2p1', extra: 'debian' },
  ],
  [8022, 'SSH-2.0-Foo_1.0\r\n', { service: 'ssh', product: 'foo', version: '1.0' }],
  [80, 'HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n<p>', { service: 'http', product: 'nginx' }],
  [
    80,
    'HTTP/1.1 200 OK\r\nDate: x\r\nServer: Apache/2.4.57 (Debian) PHP/8.1\r\n\r\n',
    { service: 'http', product: 'apache-http-server', version: '2.4.57', extra: 'debian; php 8.1' },
  ],
  [80, 'HTTP/1.0 404 Not Found\r\nSet-Cookie: PHPSESSID=x\r\n\r\n', { service: 'http' }],
  [
    27017,
    'HTTP/1.0 200 OK\r\n\r\nIt looks like you are trying to access MongoDB over HTTP',
    { service: 'mongodb', product: 'mongodb' },
  ],
  [21, '220 (vsFTPd 3.0.3)\r\n', { service: 'ftp', product: 'vsftpd', version: '3.0.3' }],
  [21, '220 ready\r\n', { service: 'ftp' }],
  [25, '220 ready\r\n', { service: 'smtp' }],
  [4000, '220 ready\r\n', {}],
  [4000, '220 m ESMTP Postfix (Debian/GNU)\r\n', { service: 'smtp', product: 'postfix', extra: 'debian' }],
  [25, '554 5.7.1 you are not welcome\r\n', { service: 'smtp' }],
  [110, '+OK Dovecot ready.\r\n', { service: 'pop3', product: 'dovecot' }],
  [143, '* OK [CAPABILITY IMAP4rev1] ready\r\n', { service: 'imap' }],
  [6379, '-NOAUTH Authentication required.\r\n', { service: 'redis', product: 'redis' }],
  // Connection.Start by AMQP 0-9-1, 4.2.3: frame 1, channel 0, class 10, method 10, protocol 0-9, server properties.
  [
    5672,
    '\x01\0\0\0\0\x01\xda\0\x0a\0\x0a\0\x09\0\0\x01\xb5\x07productS\0\0\0\x08RabbitMQ\x07versionS\0\0\0\x063.10.8',
    { service: 'amqp', product: 'rabbitmq', version: '3.10.8' },
  ],
  [5672, 'AMQP\0\0\x09\x01', { service: 'amqp' }],
  [110, '-ERR busy\r\n', { service: 'pop3' }],
  [3306, '\x4a\0\0\0\x0a8.0.33\0\x05\0\0\0', { service: 'mysql', product: 'mysql', version: '8.0.33' }],
  [
    3306,
    "\x45\0\0\0\xff\x6a\x04Host 'x' is not allowed to connect to this MySQL server",
    { service: 'mysql', product: 'mysql' },
  ],
  [5900, 'RFB 003.008\n', { service: 'vnc', product: 'vnc' }],
  [23, '\xff\xfd\x18\xff\xfd\x20', { service: 'telnet' }],
  [3389, '\x03\0\0\x13\x0e\xd0\0\0\x124\0\x02\x1f\x08\0\x02\0\0\0', { service: 'ms-wbt-server' }],
  [5432, 'N', { service: 'postgresql' }],
  [5433, 'N', {}],
  [873, '@RSYNCD: 31.0\n', { service: 'rsync' }],
  [11211, 'VERSION 1.6.18\r\n', { service: 'memcached', product: 'memcached', version: '1.6.18' }],
  [1, 'what is this', {}],
  [1, '', {}],
];

describe('recognise', () => {
  it.each(cases)('at port %i reads %j', (port, banner, expected) => {
    expect(recognise(port, Buffer.from(banner, 'latin1'))).toEqual(expected);
  });

  const valid = new Ajv2020().compile(openPortSchema);

  it('gives an answer within the schema for any bytes', () => {
    const starts = fc.constantFrom('', ...cases.map(([, banner]) => banner)).map((text) => Buffer.from(text, 'latin1'));
    const banners = fc
      .tuple(starts, fc.nat(40), fc.uint8Array({ maxLength: 2000 }))
      .map(([start, keep, noise]) => Buffer.concat([start.subarray(0, keep), noise, start.subarray(keep)]));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), banners, (port, banner) => {
        expect(valid({ port, ...recognise(port, banner) })).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
