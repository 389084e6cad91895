import { afterEach, describe, expect, it } from 'vitest';
import type { TlsFacts } from '../../../../src/model/facts/tls.ts';
import { alert, readHello, serverHello, startFake, type Reaction, type SeenHello } from '../../../servers/tls-fake.ts';
import { surveyOf } from './survey-of.ts';

const address = '127.0.61.12';
const port = 8443;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** What a hello says besides what readHello tells: its own version number and compression methods. */
type Hello = SeenHello & { readonly claimed: number; readonly compressions: readonly number[] };

function readWhole(bytes: Buffer): Hello {
  const afterSession = 44 + bytes.readUInt8(43);
  const at = afterSession + 2 + bytes.readUInt16BE(afterSession);
  const compressions = [...bytes.subarray(at + 1, at + 1 + bytes.readUInt8(at))];
  return { ...readHello(bytes), claimed: bytes.readUInt16BE(9), compressions };
}

/** Two versions and two suites, refusing what it does not know as a server should; `spoil` comes first. */
async function given(spoil: (hello: Hello) => Reaction | undefined): Promise<TlsFacts> {
  const fake = await startFake(address, port, (first) => {
    if (first[0] !== 22) return 'close';
    const hello = readWhole(first);
    const spoilt = spoil(hello);
    if (spoilt !== undefined) return spoilt;
    const version = Math.min(hello.claimed, 0x0303);
    if (hello.version === 0x0304 || version < 0x0302) return alert(70);
    const suite = [0x009c, 0x0035].find((own) => hello.suites.includes(own));
    return suite === undefined ? alert(40) : serverHello(version, suite);
  });
  stops.push(fake.stop);
  return (await surveyOf(address, port, { sni: 'lab.test', answerMs: 200 })).facts;
}

/** A ServerHello with another compression method. */
function compressed(method: number): Buffer {
  const hello = Buffer.from(serverHello(0x0303, 0x009c));
  hello[46] = method;
  return hello;
}

describe('what a scripted server shows', () => {
  it('is tolerance and nothing more where it only does its duty', async () => {
    const { features } = await given(() => undefined);
    expect(features).toEqual({
      secureRenegotiation: false,
      extendedMasterSecret: false,
      encryptThenMac: false,
      compression: [],
      heartbeat: false,
      intolerance: [],
      fallbackScsv: false,
      alpn: [],
    });
  });

  it.each([
    [1, 'DEFLATE'],
    [64, 'LZS'],
  ] as const)('is compression method %i', async (method, name) => {
    const { features } = await given(({ compressions }) =>
      compressions.includes(method) ? compressed(method) : undefined,
    );
    expect(features?.compression).toEqual([name]);
  });

  it('is heartbeat, renegotiation_info and extended_master_secret where answered', async () => {
    const { features } = await given((hello) => {
      if (hello.claimed < 0x0303 || !hello.suites.includes(0x009c)) return undefined;
      const answered = [0x000f, 0xff01, 0x0017].filter((type) => hello.extensions.has(type));
      const bodies = { 0x000f: '01', 0xff01: '00', 0x0017: '' } as Readonly<Record<number, string>>;
      const extensions = answered.map((type) => {
        const body = Buffer.from(bodies[type] ?? '', 'hex');
        return Buffer.concat([Buffer.of(type >> 8, type & 255, 0, body.length), body]);
      });
      return serverHello(0x0303, 0x009c, Buffer.concat(extensions));
    });
    expect(features).toMatchObject({ heartbeat: true, secureRenegotiation: true, extendedMasterSecret: true });
  });

  it.each([
    ['version-1.4', ({ claimed }: Hello) => claimed === 0x0305],
    ['version-2.0', ({ claimed }: Hello) => claimed === 0x0400],
    ['unknown-extension', ({ extensions }: Hello) => extensions.has(0x3b9a)],
    ['grease', ({ extensions }: Hello) => extensions.has(0x8a8a)],
    ['long-hello', ({ bytes }: Hello) => bytes > 600],
  ] as const)('is intolerance of %s by alert, end or silence', async (name, upsets) => {
    for (const reaction of [alert(50), 'reset', 'silence'] as const) {
      const { features } = await given((hello) => (upsets(hello) ? reaction : undefined));
      for (const stop of stops.splice(0)) await stop();
      const silentExtension = reaction === 'silence' && (name === 'unknown-extension' || name === 'grease');
      // One silence may be a lost packet; those hellos are not asked twice.
      expect(features?.intolerance).toEqual(silentExtension ? undefined : [name]);
    }
  });

  it('is a step down that is noticed', async () => {
    const { features } = await given(({ suites, claimed }) =>
      suites.includes(0x5600) && claimed === 0x0302 ? alert(86) : undefined,
    );
    expect(features?.fallbackScsv).toBe(true);
  });

  it('is not a step down that is noticed when it refuses for another reason', async () => {
    const { features } = await given(({ suites }) => (suites.includes(0x5600) ? alert(40) : undefined));
    expect(features).not.toHaveProperty('fallbackScsv');
  });

  it('is no application protocol where it refuses all of ours', async () => {
    const { features } = await given(({ extensions }) => (extensions.has(16) ? alert(120) : undefined));
    expect(features?.alpn).toEqual([]);
    expect(features?.intolerance).toEqual([]);
  });
});
