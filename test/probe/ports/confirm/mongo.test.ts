import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { describeDetails } from '../../../../src/judge/view/port-details.ts';
import { mongoHello, parseMongoHello } from '../../../../src/probe/ports/confirm/mongo.ts';
import { createPortsProbe } from '../../../../src/probe/ports/probe.ts';
import { hostTarget, tcpServer, wireWith, type Running } from '../support.ts';

// There is no MongoDB in Debian 12: messages are made by the published protocol (MongoDB Wire Protocol, bsonspec.org).

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};
const double = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};
const field = (type: number, name: string, value: Buffer) =>
  Buffer.concat([Buffer.of(type), Buffer.from(`${name}\0`), value]);
const string = (text: string) => Buffer.concat([int32(text.length + 1), Buffer.from(`${text}\0`)]);
const document = (...fields: Buffer[]) => {
  const body = Buffer.concat([...fields, Buffer.of(0)]);
  return Buffer.concat([int32(body.length + 4), body]);
};
const message = (id: number, body: Buffer, code = 2013) =>
  Buffer.concat([int32(16 + 5 + body.length), int32(99), int32(id), int32(code), int32(0), Buffer.of(0), body]);

/** What a mongod 7.0 says, with each type of field that is in it. */
const hello = document(
  field(
    0x03,
    'topologyVersion',
    document(field(0x07, 'processId', Buffer.alloc(12)), field(0x12, 'counter', Buffer.alloc(8))),
  ),
  field(0x08, 'isWritablePrimary', Buffer.of(1)),
  field(0x10, 'maxBsonObjectSize', int32(16_777_216)),
  field(0x09, 'localTime', Buffer.alloc(8)),
  field(0x10, 'minWireVersion', int32(0)),
  field(0x10, 'maxWireVersion', int32(21)),
  field(0x01, 'ok', double(1)),
);
const refused = document(
  field(0x01, 'ok', double(0)),
  field(0x02, 'errmsg', string('command hello requires authentication')),
  field(0x10, 'code', int32(13)),
);

describe('MongoDB', () => {
  it('is greeted by hello alone', () => {
    const said = mongoHello(7);
    expect(said.readInt32LE(0)).toBe(said.length);
    expect(said.readInt32LE(12)).toBe(2013);
    expect(said.subarray(21)).toEqual(document(field(0x10, 'hello', int32(1)), field(0x02, '$db', string('admin'))));
  });

  it('tells its wire version, and whether it is a router', () => {
    expect(parseMongoHello(message(7, hello), 7)).toEqual({ maxWireVersion: 21, router: false });
    const router = document(
      field(0x08, 'ismaster', Buffer.of(1)),
      field(0x02, 'msg', string('isdbgrid')),
      field(0x01, 'ok', double(1)),
    );
    expect(parseMongoHello(message(7, router), 7)).toEqual({ router: true });
  });

  it('asks for a login where it says so, and only there', () => {
    expect(parseMongoHello(message(7, refused), 7)).toBe('login-asked');
    const other = document(field(0x01, 'ok', double(0)), field(0x10, 'code', int32(59)));
    expect(parseMongoHello(message(7, other), 7)).toBeUndefined();
  });

  it('is nothing in an answer to somebody else, in another operation, in an empty document', () => {
    expect(parseMongoHello(message(8, hello), 7)).toBeUndefined();
    expect(parseMongoHello(message(7, hello, 2012), 7)).toBeUndefined();
    expect(parseMongoHello(message(7, document(field(0x01, 'ok', double(1)))), 7)).toBeUndefined();
  });

  it('wants more until the message is whole', () => {
    const whole = message(7, hello);
    for (let length = 0; length < whole.length; length += 1)
      expect(parseMongoHello(whole.subarray(0, length), 7)).toBe('more');
  });

  it('is total', () => {
    const whole = message(7, hello);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (any) => void parseMongoHello(Buffer.from(any), 7)));
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.nat(255),
        fc.nat(whole.length - 1),
        fc.nat(255),
        (at, byte, also, other) => {
          const changed = Buffer.from(whole);
          changed[at] = byte;
          changed[also] = other;
          parseMongoHello(changed, 7);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a service that speaks it', () => {
  const running: Running[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) await one.close();
  });
  const notHttp =
    'HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 85\r\n\r\n' +
    'It looks like you are trying to access MongoDB over HTTP on the native driver port.\r\n';

  async function observe(address: string, answer: Buffer) {
    const heard: Buffer[] = [];
    const server = await tcpServer(address, 27_017, (socket) => {
      socket.on('data', (data: Buffer) => {
        if (data.toString('latin1').startsWith('GET')) {
          socket.end(notHttp);
          return;
        }
        heard.push(data);
        const reply = Buffer.from(answer);
        data.copy(reply, 8, 4, 8);
        socket.write(reply);
      });
    });
    running.push(server);
    const request = { target: hostTarget(address), wire: wireWith(), signal: new AbortController().signal };
    const { open } = await createPortsProbe({ engine: 'connect', ports: [27_017] }).observe(request);
    return { open, heard: Buffer.concat(heard), view: describeDetails(open).openServices };
  }

  it('is greeted and asked nothing of its data; whether it wants a login stays open', async () => {
    const { open, heard, view } = await observe('127.61.4.1', message(0, hello));
    expect(open).toMatchObject([
      { service: 'mongodb', product: 'mongodb', details: { mongo: { maxWireVersion: 21 } } },
    ]);
    expect(heard.toString('latin1')).toContain('hello');
    expect(heard.length).toBe(mongoHello(1).length);
    expect(view).toEqual([{ port: 27_017, service: 'mongodb' }]);
  });

  it('is told from one that wants a login before it greets', async () => {
    const { view } = await observe('127.61.4.2', message(0, refused));
    expect(view).toEqual([{ port: 27_017, service: 'mongodb', answersStrangers: false, asked: 'hello' }]);
  });
});
