import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { directDial, type Dial } from '../../../../src/probe/tls/exchange.ts';
import { readJarmAnswer } from '../../../../src/probe/tls/survey/jarm-answer.ts';
import { jarmHash } from '../../../../src/probe/tls/survey/jarm-hash.ts';
import { jarmHellos } from '../../../../src/probe/tls/survey/jarm-hellos.ts';
import { surveyJarm } from '../../../../src/probe/tls/survey/jarm.ts';
import { alert, readHello, serverHello, startFake, type Reaction } from '../../../servers/tls-fake.ts';
import { openWire } from '../../../servers/tls-wire.ts';

const address = '127.0.61.11';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function given(react: (first: Buffer, connection: number) => Reaction): Promise<Dial> {
  const fake = await startFake(address, 8443, (first, _socket, connection) => react(first, connection));
  stops.push(fake.stop);
  const signal = new AbortController().signal;
  return directDial({ wire: openWire(), address, port: 8443, signal, answerMs: 300 });
}

/** A hello without what is drawn by lot: random, session id, key share, GREASE. */
function settled(hello: Buffer): string {
  const copy = Buffer.from(hello).fill(0, 11, 43).fill(0, 44, 76);
  return (
    copy
      .toString('hex')
      .replace(/(001d0020)[0-9a-f]{64}/, '$1')
      .replaceAll(/../g, '$& ')
      // The last two of a run: a length of 0x0a may stand before a GREASE value of 0x0a0a.
      .replaceAll(/\b([0-9a-f]a )\1+/g, (run: string) => run.slice(0, -6) + 'GG GG ')
      .replaceAll(' ', '')
  );
}

describe('JARM', () => {
  // Both expected values were made with the reference, salesforce/jarm 08e22b4, from these inputs.
  it('sends the hellos of the reference', () => {
    const all = createHash('sha256');
    for (const hello of jarmHellos('lab.test')) {
      readHello(hello);
      all.update(settled(hello));
    }
    expect(all.digest('hex')).toBe('e4d0b4a37b24805ecb13f674f7842bd960c9297ec63bc2a44fc30efa83ef3e61');
  });

  it('makes of ten answers what the reference makes of them', () => {
    const extensions = (hex: string) => Buffer.from(hex, 'hex');
    const answers = [
      serverHello(0x0303, 0xc02f, extensions('ff0100010000100005000302683200170000')),
      serverHello(0x0303, 0x009d, extensions('ff01000100')),
      alert(40),
      serverHello(0x0302, 0xc014, extensions('0017000000230000')),
      serverHello(0x0301, 0x000a),
      serverHello(0x0304, 0x1302, extensions('002b0002030400330002001d')),
      Buffer.alloc(0),
      serverHello(0x0303, 0x1399, extensions('0010000b000908687474702f312e31')),
      alert(70),
      serverHello(0x0300, 0x0004, extensions('0000000000')),
    ];
    expect(jarmHash(answers.map(readJarmAnswer))).toBe(
      '29d14d00022c04b42d00046d00001a5de9222cf0049acf0d7fb6b262141331',
    );
  });

  it('of a server that refuses everything is 62 zeros', async () => {
    expect(await surveyJarm(await given(() => alert(40)), 'lab.test')).toBe('0'.repeat(62));
  });

  it('is not told when one answer failed to come', async () => {
    const dial = await given((_first, connection) => (connection === 4 ? 'silence' : alert(40)));
    expect(await surveyJarm(dial, 'lab.test')).toBeUndefined();
  });

  it('is the same twice, and another where the server chooses otherwise', async () => {
    const choices = [0xc02f, 0x009d];
    let suite: number | undefined;
    const dial = await given((first) => {
      const { suites } = readHello(first);
      return suite !== undefined && suites.includes(suite) ? serverHello(0x0303, suite) : alert(40);
    });
    const values: (string | undefined)[] = [];
    for (suite of [...choices, ...choices]) values.push(await surveyJarm(dial, undefined));
    expect(values[2]).toBe(values[0]);
    expect(values[3]).toBe(values[1]);
    expect(values[0]).not.toBe(values[1]);
    expect(values[0]).toMatch(/^[0-9a-f]{62}$/);
  });
});
