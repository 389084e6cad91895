import { createServer as createTlsServer } from 'node:tls';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TlsFacts } from '../../../../src/model/facts/tls.ts';
import { makeCertificates, type LabCertificates } from '../../../servers/tls-certificates.ts';
import { alert, record } from '../../../servers/tls-fake.ts';
import { startFaulty, startTicketbleed, type Behaviour, type Sent } from '../../../servers/tls-faulty.ts';
import { labDirectory } from '../../../servers/tls-lab.ts';
import { observeFaults } from './observe-faults.ts';

const address = '127.0.79.1';
const port = 8443;
const memory = Buffer.from('THE-MEMORY-OF-THE-SERVER-PRIVATE-KEY-AND-PASSWORDS');
const heartbeatExtension = Buffer.of(0, 15, 0, 1, 1);

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  directory = await labDirectory();
  certificates = await makeCertificates(directory.path);
});

afterAll(() => directory.remove());

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function given(behave: Behaviour, extensions?: Buffer<ArrayBuffer>) {
  stops.push((await startFaulty(address, port, certificates.rsa, behave, extensions)).stop);
}

const observe = async () => {
  const { faults = {}, connections } = await observeFaults(address, port, { answerMs: 500 });
  return { ...faults, connections };
};

const isCcs = ({ records }: Sent) => records.at(-1)?.type === 20;
const ccsCount = ({ records }: Sent) => records.filter(({ type }) => type === 20).length;
/** An early ChangeCipherSpec comes before any key exchange. */
const isEarly = (sent: Sent) => sent.block === undefined;

/** What a block of PKCS #1 looks like to one who has the key. */
function kindOf(block: Buffer): 'correct' | 'start' | 'zero' | 'version' {
  if (block[0] !== 0 || block[1] !== 2) return 'start';
  if (block.indexOf(0, 2) !== block.length - 49) return 'zero';
  return block[block.length - 48] === 3 && block[block.length - 47] === 3 ? 'correct' : 'version';
}

describe('heartbeats', () => {
  /** Answers the longest heartbeat with as much as it claims, out of `memory`. */
  const leaky: Behaviour = ({ records }) => {
    const last = records.at(-1);
    if (last?.type !== 24) return isCcs({ records } as Sent) ? alert(10) : undefined;
    const claimed = last.body.readUInt16BE(1);
    const payload = Buffer.concat([last.body.subarray(3), Buffer.alloc(claimed, memory)]).subarray(0, claimed);
    return record(24, Buffer.concat([Buffer.of(2, claimed >> 8, claimed & 255), payload, Buffer.alloc(16)]));
  };

  it('longer than their record that are answered are told, and nothing that came back is', async () => {
    await given(leaky, heartbeatExtension);
    const written = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
    const facts = await observe();
    expect(facts.heartbeatOverread).toBe(true);
    expectNoMemory(facts, written.map((spy) => JSON.stringify(spy.mock.calls)).join());
  });

  it('that claim too much ask for 64 bytes and no more', async () => {
    const beyond: number[] = [];
    await given((sent) => {
      const last = sent.records.at(-1);
      if (last?.type === 24) beyond.push(last.body.readUInt16BE(1) - (last.body.length - 3));
      return leaky(sent);
    }, heartbeatExtension);
    await observe();
    expect(Math.max(...beyond)).toBe(64);
  });

  it.each([
    ['passed over while correct ones are answered', (sent: Sent) => (isLying(sent) ? undefined : leaky(sent))],
    ['passed over like every other', (sent: Sent) => (sent.records.at(-1)?.type === 24 ? undefined : leaky(sent))],
    ['refused by an alert', (sent: Sent) => (sent.records.at(-1)?.type === 24 ? alert(50) : leaky(sent))],
    ['an end to the connection', (sent: Sent) => (sent.records.at(-1)?.type === 24 ? 'close' : leaky(sent))],
  ] as const)('longer than their record that are %s are no fault', async (_what, behave) => {
    await given(behave, heartbeatExtension);
    expect((await observe()).heartbeatOverread).toBe(false);
  });

  it('are not sent where the extension is not answered', async () => {
    let heartbeats = 0;
    await given(({ records }) => {
      heartbeats += records.filter(({ type }) => type === 24).length;
      return undefined;
    });
    expect((await observe()).heartbeatOverread).toBe(false);
    expect(heartbeats).toBe(0);
  });

  function isLying({ records }: Sent): boolean {
    const last = records.at(-1);
    return last?.type === 24 && last.body.readUInt16BE(1) + 19 > last.body.length;
  }
});

describe('an early ChangeCipherSpec', () => {
  it.each([
    ['refused at once by an alert', (sent: Sent) => alert(ccsCount(sent) > 0 ? 10 : 20), false],
    ['refused at once by an end', () => 'close' as const, false],
    ['refused late', (sent: Sent) => (ccsCount(sent) === 2 ? alert(10) : undefined), false],
    ['taken, the second as garbage', (sent: Sent) => (ccsCount(sent) === 2 ? alert(20) : undefined), true],
    ['taken, the second by an end', (sent: Sent) => (ccsCount(sent) === 2 ? ('close' as const) : undefined), true],
    ['passed over twice', () => undefined, undefined],
  ])('that is %s is judged', async (_what, behave, expected) => {
    await given((sent) => (isCcs(sent) && isEarly(sent) ? behave(sent) : undefined));
    expect((await observe()).earlyChangeCipherSpec).toBe(expected);
  });

  it('that ends the connection by chance is not believed', async () => {
    let times = 0;
    await given((sent) => {
      if (!isCcs(sent) || !isEarly(sent)) return undefined;
      if (ccsCount(sent) === 2) times += 1;
      return ccsCount(sent) === 2 && times === 1 ? 'close' : times > 1 ? alert(10) : undefined;
    });
    expect((await observe()).earlyChangeCipherSpec).toBeUndefined();
  });
});

describe('wrong PKCS #1', () => {
  const finished = ({ records }: Sent) => records.filter(({ type }) => type === 22).length > 1;
  const whole = (answer: (kind: ReturnType<typeof kindOf>, sent: Sent) => Buffer | 'close' | undefined): Behaviour => {
    return (sent) => (sent.block !== undefined && finished(sent) ? answer(kindOf(sent.block), sent) : undefined);
  };

  it.each([
    ['all answered alike', whole(() => alert(20)), 'none'],
    ['told apart by their start', whole((kind) => alert(kind === 'start' ? 51 : 20)), 'strong'],
    ['told apart by where the zero is', whole((kind) => alert(kind === 'start' || kind === 'zero' ? 40 : 20)), 'weak'],
    ['told apart by an end without an alert', whole((kind) => (kind === 'start' ? 'close' : alert(20))), 'strong'],
    ['told apart by silence', whole((kind) => (kind === 'zero' ? undefined : alert(20))), 'strong'],
    ['told apart when right in every way alone', whole((kind) => alert(kind === 'correct' ? 20 : 47)), 'weak'],
    ['told apart by their version alone', whole((kind) => alert(kind === 'version' ? 70 : 20)), 'weak'],
    [
      'told apart only while the rest is waited for',
      (sent: Sent) => {
        if (sent.block === undefined) return undefined;
        if (kindOf(sent.block) === 'start') return sent.records.length === 1 ? alert(47) : undefined;
        return finished(sent) ? alert(47) : undefined;
      },
      'strong',
    ],
  ] as const)('blocks that are %s are an oracle of that strength', async (_what, behave, expected) => {
    await given(behave);
    const { pkcs1Oracle } = await observe();
    expect(pkcs1Oracle).toBe(expected);
  });

  it('ends that differ by chance, as when a reset overtakes, are none', async () => {
    let number = 0;
    await given(
      whole((_kind, { socket }) => {
        number += 1;
        if (number % 2 === 0) return 'close';
        socket.resetAndDestroy();
        return undefined;
      }),
    );
    expect((await observe()).pkcs1Oracle).toBe('none');
  });

  it('blocks that are answered by chance are no oracle', async () => {
    let number = 0;
    await given(
      whole(() => {
        number += 1;
        return alert(20 + number);
      }),
    );
    expect(await observe()).not.toHaveProperty('pkcs1Oracle');
  });
});

describe('wrong CBC padding', () => {
  const accepting = (strict: boolean): Behaviour => {
    return (sent) => {
      const sealed = sent.records.filter(({ type }) => type === 22).length > 1;
      if (!sealed || sent.block === undefined) return undefined;
      return sent.opens(strict) ? record(20, Buffer.of(1)) : alert(20);
    };
  };

  it('that is accepted is told', async () => {
    await given(accepting(false));
    expect((await observe()).cbcPaddingIgnored).toBe(true);
  });

  it('that is refused where right padding is accepted is no fault', async () => {
    await given(accepting(true));
    expect((await observe()).cbcPaddingIgnored).toBe(false);
  });

  it('says nothing on a server that refuses right padding too', async () => {
    await given((sent) => (sent.block === undefined ? undefined : alert(20)));
    expect(await observe()).not.toHaveProperty('cbcPaddingIgnored');
  });
});

describe('a short session id beside a ticket', () => {
  const real = { host: '127.0.79.2', port };

  async function startReal() {
    const { chain, key } = certificates.rsa;
    const server = createTlsServer({ cert: readFileSync(chain), key: readFileSync(key), maxVersion: 'TLSv1.2' });
    server.on('tlsClientError', () => undefined);
    server.on('secureConnection', (socket) => socket.on('error', () => undefined));
    server.listen(real.port, real.host);
    await once(server, 'listening');
    stops.push(async () => {
      server.close();
      await once(server, 'close');
    });
  }

  it('that comes back longer is told, and nothing that came with it is', async () => {
    await startReal();
    stops.unshift((await startTicketbleed(address, port, real, memory)).stop);
    const { faults, features } = await observeFaults(address, port);
    expect(faults).toMatchObject({ ticketOverread: true });
    expect(features).toMatchObject({ ticketResumption: true, ticketLifetime: 7200, clientRenegotiation: true });
    expectNoMemory({ faults, features });
  });

  it('that comes back as it was is no fault', async () => {
    await startReal();
    const { faults, features } = await observeFaults(real.host, real.port);
    expect(faults).toMatchObject({ ticketOverread: false });
    expect(features).toMatchObject({ ticketResumption: true });
  });
});

function expectNoMemory(facts: Partial<TlsFacts> | object, log = ''): void {
  const said = JSON.stringify(facts) + log;
  const piece = memory.subarray(0, 8);
  for (const form of ['latin1', 'hex', 'base64'] as const) expect(said).not.toContain(piece.toString(form).slice(0, 8));
}
