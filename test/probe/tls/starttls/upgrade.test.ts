import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FailureError } from '../../../../src/model/failure.ts';
import { startTlsProtocols, type StartTls } from '../../../../src/model/facts/tls.ts';
import { createTlsProbe } from '../../../../src/probe/tls/probe.ts';
import { startStartTls, type Lines, type StartTlsServer } from '../../../servers/starttls-fake.ts';
import { makeCertificates, type LabCertificates } from '../../../servers/tls-certificates.ts';
import { labDirectory } from '../../../servers/tls-lab.ts';
import { openWire, serviceTarget } from '../../../servers/tls-wire.ts';
import { codesOf } from '../peers.ts';
import { opensslHandshake, sslscanStartTls } from './peers.ts';
import { transcripts } from './transcripts.ts';

const host = '127.0.35.21';
const port = 4000;

let directory: Awaited<ReturnType<typeof labDirectory>>;
let certificates: LabCertificates;
let pem: { readonly key: string; readonly cert: string };
let running: StartTlsServer | undefined;

beforeAll(async () => {
  directory = await labDirectory();
  certificates = await makeCertificates(directory.path);
  const { key, chain } = certificates.ec;
  pem = { key: await readFile(key, 'utf8'), cert: await readFile(chain, 'utf8') };
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

afterAll(() => directory.remove());

async function given(lines: Lines | ((connection: number) => Lines)) {
  running = await startStartTls({ host, port }, lines, pem);
  return running;
}

/** What a server of the transcript says; a mysql server waits for the SSLRequest, whose 36 bytes have no answer. */
function linesOf(startTls: StartTls): Lines {
  const lines = transcripts[startTls].map(({ after, say }) => ({
    ...(after === undefined ? {} : { after }),
    say: Buffer.from(say, 'latin1'),
  }));
  return startTls === 'mysql' ? [...lines, { after: /^.{36}$/s }] : lines;
}

type Options = { readonly answerMs?: number; readonly verify?: boolean; readonly signal?: AbortSignal };

function observe(startTls: StartTls, { answerMs = 2000, verify = true, signal }: Options = {}, wire = openWire()) {
  const probe = createTlsProbe({ extraRoots: [certificates.root], deep: false, answerMs, verify });
  const target = { ...serviceTarget(host, port, 'lab.test'), startTls };
  return probe.observe({ target, wire, signal: signal ?? new AbortController().signal });
}

async function failureOf(observation: Promise<unknown>) {
  const error: unknown = await observation.catch((thrown: unknown) => thrown);
  if (!(error instanceof FailureError)) throw new Error(`no FailureError but ${String(error)}`);
  return error.failure;
}

describe('a service behind the dialogue of', () => {
  it.each(startTlsProtocols)('%s is observed like any other, the verified handshake included', async (startTls) => {
    await given(linesOf(startTls));
    const facts = await observe(startTls);
    expect(facts.starttls).toBe(startTls);
    expect(facts.protocols['TLSv1.2']).toMatchObject({ offered: true, complete: true });
    expect(facts.protocols['TLSv1.3']).toMatchObject({ offered: true, complete: true });
    expect(facts.verified).toEqual({ trusted: true, trustError: null, nameMatches: true, protocol: 'TLSv1.3' });
  });
});

/** What openssl and sslscan say before they turn to TLS, where it differs from what we say. */
const peerLines: Readonly<Partial<Record<StartTls, Lines>>> = {
  ldap: [{ after: /^.{31}$/s, say: Buffer.from(transcripts.ldap[0]?.say ?? '', 'latin1') }],
  'xmpp-client': [
    { after: /<stream:stream .*>$/s, say: transcripts['xmpp-client'][0]?.say ?? '' },
    { after: /<starttls .*\/>$/s, say: "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" },
  ],
  'xmpp-server': [
    { after: /<stream:stream .*>$/s, say: transcripts['xmpp-server'][0]?.say ?? '' },
    { after: /<starttls .*\/>$/s, say: "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" },
  ],
  mysql: [...linesOf('mysql').slice(0, -1), { after: /^.{36}$/s }],
  nntp: linesOf('nntp'),
};

describe('openssl s_client on the same server', () => {
  it.each(['ldap', 'xmpp-client', 'xmpp-server', 'mysql', 'nntp'] as const)('agrees after %s', async (startTls) => {
    await given(peerLines[startTls] ?? []);
    const facts = await observe(startTls);
    const openssl = await opensslHandshake(host, port, startTls);
    expect(facts.chains?.map(([leaf]) => leaf?.sha256)).toEqual([openssl.leaf]);
    expect(facts.verified?.protocol).toBe(openssl.protocol);
  });
});

describe('sslscan on the same server', () => {
  it('finds the same suites behind RDP', async () => {
    const confirm = Buffer.from(transcripts.rdp[0]?.say ?? '', 'latin1');
    // Its request bears a cookie and another set of protocols; a TPKT says its own length.
    await given([{ after: /^\x03\0\0.(?:.*\x01\0\x08\0....)$/s, say: confirm }]);
    const ours = codesOf(await observe('rdp'));
    expect(ours['TLSv1.2']?.length).toBeGreaterThan(3);
    expect(await sslscanStartTls(host, port, 'rdp')).toEqual(ours);
  });
});

describe('a server that does not play along', () => {
  it('by ending the connection without a word has refused it, after a word has broken the protocol', async () => {
    await given([{ end: true }]);
    await expect(failureOf(observe('smtp'))).resolves.toMatchObject({ code: 'refused' });
    await running?.stop();
    await given([{ say: '220 hi\r\n' }, { after: /^EHLO .*\r\n$/s, say: '250-mail\r\n250-STARTTLS', end: true }]);
    await expect(failureOf(observe('smtp'))).resolves.toMatchObject({ code: 'protocol' });
  });

  it('by one byte at a time costs no more than the time of one answer', async () => {
    // Two connections of this would take longer than this test may.
    await given(Array.from({ length: 5000 }, (_, at) => ({ say: at === 0 ? '220-' : 'x', pauseMs: 40 })));
    const wire = openWire();
    const failure = await failureOf(observe('smtp', { answerMs: 300 }, wire));
    expect(failure).toMatchObject({ code: 'timeout', retryable: true });
    expect(wire.costs()[0]?.connections).toBe(2);
  });

  it('by speaking past its go-ahead is not taken for a TLS server', async () => {
    await given([{ say: '220 hi\r\n' }, { after: 'AUTH TLS\r\n', say: '234 go\r\n220 and more\r\n' }]);
    const failure = await failureOf(observe('ftp'));
    expect(failure.code).toBe('protocol');
    expect(failure.detail).toContain('"220 and more"');
  });

  it('after a while leaves the list of suites open, and what was seen stays', async () => {
    const server = await given((connection) => (connection > 8 ? [{ say: '421 too many\r\n' }] : linesOf('smtp')));
    const { protocols } = await observe('smtp', { verify: false });
    expect(server.connections()).toBeGreaterThan(8);
    expect(protocols['TLSv1.2']).toMatchObject({ offered: true });
    expect(protocols['TLSv1.2']).not.toHaveProperty('complete');
  });

  it('gives its place back: the next connection finds the limiter free', async () => {
    await given([{ say: '554 no service here\r\n' }]);
    const wire = openWire({ connections: 1, perSecond: 1000 });
    for (let turn = 0; turn < 3; turn += 1) {
      await expect(failureOf(observe('smtp', {}, wire))).resolves.toMatchObject({ code: 'blocked' });
    }
  });

  it('is left at once when the run is stopped', async () => {
    await given([{ after: 'never' }]);
    const stop = new AbortController();
    // Else an answer is waited for longer than this test may last.
    const observation = observe('imap', { answerMs: 600_000, signal: stop.signal });
    setTimeout(() => {
      stop.abort(new FailureError('not-run', 'stopped'));
    }, 50);
    await expect(failureOf(observation)).resolves.toMatchObject({ code: 'not-run' });
  });
});
