import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../../../src/model/failure.ts';
import { startTlsProtocols, type StartTls } from '../../../../src/model/facts/tls.ts';
import { createConversation } from '../../../../src/probe/tls/starttls/conversation.ts';
import { ldapResponse, mysqlGreeting, rdpConfirm, stream, transcripts, type Said } from './transcripts.ts';

type Outcome = { readonly sent: readonly string[]; readonly end: 'go-ahead' | 'waiting' | Failure };

const host = 'lab.test';
const wholes = (said: readonly Said[]) => said.map(({ say }) => [Buffer.from(say, 'latin1')]);

/** Plays a server's words in the given pieces: each word only when the client is silent, none after the go-ahead. */
function play(protocol: StartTls, words: readonly (readonly Buffer[])[], offered = false): Outcome {
  const sent: string[] = [];
  try {
    const conversation = createConversation(protocol, { host, offered });
    let turn = conversation.start();
    if (turn.send !== undefined) sent.push(turn.send.toString('latin1'));
    for (const piece of words.flat()) {
      if (turn.done) throw new Error('the server went on after the go-ahead');
      turn = conversation.hear(piece);
      if (turn.send !== undefined) sent.push(turn.send.toString('latin1'));
    }
    return { sent, end: turn.done ? 'go-ahead' : 'waiting' };
  } catch (error) {
    if (error instanceof FailureError) return { sent, end: error.failure };
    throw error;
  }
}

const says = (protocol: StartTls, ...words: string[]) =>
  play(
    protocol,
    words.map((word) => [Buffer.from(word, 'latin1')]),
  );

describe.each(startTlsProtocols)('%s', (protocol) => {
  const transcript = transcripts[protocol];
  const good = play(protocol, wholes(transcript));

  it('goes by the standard up to the go-ahead', () => {
    expect(good.end).toBe('go-ahead');
    const due = transcript.flatMap(({ after }) => (after === undefined ? [] : [after]));
    expect(good.sent.length).toBe(due.length + (protocol === 'mysql' ? 1 : 0));
    for (const [index, words] of due.entries()) {
      if (typeof words === 'string') expect(good.sent[index]).toBe(words);
      else expect(good.sent[index]).toMatch(words);
    }
  });

  it('does the same however the answers are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const cut = (bytes: Buffer) => {
          const pieces: Buffer[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            pieces.push(bytes.subarray(at, at + size));
            at += size;
          }
          return pieces;
        };
        expect(
          play(
            protocol,
            wholes(transcript).map(([word]) => cut(word ?? Buffer.alloc(0))),
          ),
        ).toEqual(good);
      }),
      { numRuns: 50 },
    );
  });

  it('takes no byte that comes with the go-ahead for TLS', () => {
    const words = wholes(transcript);
    const last = words.pop() ?? [];
    const outcome = play(protocol, [...words, [Buffer.concat([...last, Buffer.from([22, 3, 3, 0, 1, 0])])]]);
    expect(outcome.end).toMatchObject({ code: 'protocol' });
  });

  it('survives any bytes at any place', () => {
    const words = wholes(transcript).flat();
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom(
          '220 x\r\n',
          '250-x\r\n',
          '* BYE\r\n',
          '-ERR\r\n',
          'OK\r\n',
          '<a',
          "</b>'",
          '0',
          '{4}\r\n',
          '.\r\n',
        )
        .map((text) => Buffer.from(text)),
      fc.tuple(fc.constantFrom(...words), fc.nat(200), fc.integer({ min: 0, max: 255 })).map(([word, at, byte]) => {
        const changed = Buffer.from(word);
        changed[at % changed.length] = byte;
        return changed;
      }),
    );
    fc.assert(
      fc.property(fc.nat(words.length), fc.array(anything, { minLength: 1, maxLength: 8 }), (kept, strange) => {
        const conversation = createConversation(protocol, { host });
        let turn = conversation.start();
        try {
          for (const piece of [...words.slice(0, kept), ...strange]) {
            if (turn.done) return;
            turn = conversation.hear(piece);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FailureError);
          const { code, detail } = (error as FailureError).failure;
          expect(['tls', 'protocol', 'blocked']).toContain(code);
          expect(detail).toMatch(/^[\x20-\x7e]*$/);
          expect(detail.length).toBeLessThan(2000);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('stops listening to an endless answer', () => {
    const words = wholes(transcript).flat();
    for (const filler of ['250-more\r\n', '* OK more\r\n', '"MORE"\r\n', 'a', ' ', '+OK', '0']) {
      const flood = Array.from({ length: 40 }, () => Buffer.from(filler.repeat(Math.ceil(1000 / filler.length))));
      expect(play(protocol, [words.slice(0, 1).slice(0, words.length - 1), flood]).end).toMatchObject({
        code: expect.stringMatching(/^(tls|protocol|blocked)$/) as string,
      });
    }
  });
});

const ehlo = '250-mail\r\n250 STARTTLS\r\n';
const list = '101 list\r\nSTARTTLS\r\n.\r\n';
const refusal = (said: string) => ({ code: 'tls', detail: `STARTTLS refused: ${JSON.stringify(said)}` });
const lacking = { code: 'tls', detail: expect.stringMatching(/^STARTTLS not offered: /) as string };
const away = { code: 'blocked' };
const noise = { code: 'protocol' };

describe('answers that end it', () => {
  const xmpp = stream('jabber:client');
  const bare = '<stream:features><x xmlns="urn:x"/></stream:features>';
  const starttls = "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>";
  const cases: readonly (readonly [StartTls, readonly string[], object | string])[] = [
    ['smtp', ['220 a\r\n', ehlo, '454 TLS not available\r\n'], refusal('454 TLS not available')],
    ['smtp', ['220 a\r\n', ehlo, '501 Syntax error\r\n'], refusal('501 Syntax error')],
    ['smtp', ['220 a\r\n', ehlo, '421 Too busy\r\n'], away],
    ['smtp', ['220 a\r\n', ehlo, '250 ok\r\n'], noise],
    ['smtp', ['220 a\r\n', '250-mail STARTTLS\r\n250 STARTTLSX\r\n'], lacking],
    ['smtp', ['220 a\r\n', '250 STARTTLS\r\n'], lacking],
    ['smtp', ['220 a\r\n', '502 unknown\r\n'], lacking],
    ['smtp', ['220 a\r\n', '550 go away\r\n'], away],
    ['smtp', ['554 no service\r\n'], away],
    ['smtp', ['421 too many connections\r\n'], away],
    ['smtp', ['220-a\r\n250 b\r\n'], noise],
    ['smtp', ['220 a\n'], noise],
    ['smtp', ['SSH-2.0-OpenSSH_9.2p1\r\n'], noise],
    ['smtp', ['\x16\x03\x01'], noise],
    ['smtp', ['220 a\r\n220 b\r\n'], noise],
    ['lmtp', ['220 a\r\n', '250-mail\r\n250 PIPELINING\r\n'], lacking],
    ['ftp', ['220 a\r\n', '530 Please login with USER and PASS.\r\n'], refusal('530 Please login with USER and PASS.')],
    ['ftp', ['220 a\r\n', '500 unknown\r\n'], lacking],
    ['ftp', ['220 a\r\n', '504 no such mechanism\r\n'], lacking],
    ['ftp', ['220 a\r\n', '334 ok\r\n'], noise],
    ['ftp', ['120 ready in 5 minutes\r\n'], away],
    ['ftp', ['421 too many\r\n'], away],
    ['imap', ['* OK [CAPABILITY IMAP4rev1 ID] hi\r\n'], lacking],
    ['imap', ['* OK hi\r\n', '* CAPABILITY IMAP4rev1 XSTARTTLS\r\na1 OK\r\n'], lacking],
    ['imap', ['* OK hi\r\n', 'a1 OK\r\n'], noise],
    ['imap', ['* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n', 'a2 NO not now\r\n'], refusal('a2 NO not now')],
    ['imap', ['* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n', 'a2 BAD what\r\n'], refusal('a2 BAD what')],
    ['imap', ['* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n', '* BYE too long\r\n'], away],
    ['imap', ['* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n', 'a2 OK\r\n'], 'go-ahead'],
    ['imap', ['* BYE too many\r\n'], away],
    ['imap', ['* PREAUTH hello\r\n'], lacking],
    ['imap', ['+OK POP3\r\n'], noise],
    ['pop3', ['-ERR busy\r\n'], away],
    ['pop3', ['+OK hi\r\n', '+OK\r\nUSER\r\n.\r\n'], lacking],
    ['pop3', ['+OK hi\r\n', '-ERR what\r\n', '-ERR what\r\n'], lacking],
    ['pop3', ['+OK hi\r\n', '-ERR what\r\n', '+OK\r\n'], 'go-ahead'],
    ['pop3', ['+OK hi\r\n', '+OK\r\nSTLS\r\n.\r\n', '-ERR no\r\n'], refusal('-ERR no')],
    ['pop3', ['* OK hi\r\n'], noise],
    ['pop3', ['+ok hi\r\n'], noise],
    ['nntp', ['400 full\r\n'], away],
    ['nntp', ['200 hi\r\n', '101 list\r\nREADER\r\n.\r\n'], lacking],
    ['nntp', ['201 hi\r\n', '500 what\r\n', '500 what\r\n'], lacking],
    ['nntp', ['201 hi\r\n', '500 what\r\n', '382 go\r\n'], 'go-ahead'],
    ['nntp', ['200 hi\r\n', list, '580 cannot\r\n'], refusal('580 cannot')],
    ['nntp', ['200 hi\r\n', list, '200 ok\r\n'], noise],
    ['nntp', ['200-hi\r\n'], noise],
    ['sieve', ['"SASL" "PLAIN"\r\nOK\r\n'], lacking],
    ['sieve', ['"X" {10}\r\n"STARTTLS"\r\nOK\r\n'], lacking],
    ['sieve', ['"STARTTLS"\r\nOK\r\n', 'NO "cannot"\r\n'], refusal('NO "cannot"')],
    ['sieve', ['BYE "full"\r\n'], away],
    ['sieve', ['"X" {9999999}\r\n'], noise],
    ['sieve', ['HELLO\r\n'], noise],
    ['ldap', [ldapResponse(2, 'unsupported extended operation')], lacking],
    ['ldap', [ldapResponse(52, 'TLS engine not ready')], refusal('result 52 TLS engine not ready')],
    ['ldap', [ldapResponse(52, 'bye', 0)], away],
    ['ldap', [ldapResponse(0, '', 7)], noise],
    ['ldap', ['\x30\x80\x02\x01\x01\0\0'], noise],
    ['ldap', ['\x30\x84\x7f\xff\xff\xff'], noise],
    ['ldap', ['HTTP/1.1 400\r\n'], noise],
    ['postgres', ['N'], refusal('N')],
    [
      'postgres',
      ['EFATAL: too many clients\n\0'],
      { code: 'tls', detail: String.raw`STARTTLS refused: "EFATAL: too many clients\n\u0000"` },
    ],
    ['postgres', ['X'], noise],
    ['mysql', [mysqlGreeting(0xf7ff)], lacking],
    ['mysql', ["\x1b\0\0\0\xff\x69\x04Host '10.0.0.1' is blocked"], away],
    ['mysql', ['\x04\0\0\0\x0a5.7'], noise],
    ['mysql', ['220 ProFTPD\r\n'], noise],
    ['rdp', [rdpConfirm(3, 2)], refusal('SSL_NOT_ALLOWED_BY_SERVER')],
    ['rdp', [rdpConfirm(2, 0)], lacking],
    ['rdp', ['\x03\0\0\x0b\x06\xd0\0\0\x12\x34\0'], lacking],
    ['rdp', [rdpConfirm(2, 3)], noise],
    ['rdp', [rdpConfirm(5, 1)], noise],
    ['rdp', ['\x03\0\0\x13\x0e\xe0\0\0\x12\x34\0\x02\0\x08\0\x02\0\0\0'], noise],
    ['xmpp-client', [xmpp, bare], lacking],
    ['xmpp-client', [xmpp.replace(" version='1.0'>", '>')], lacking],
    [
      'xmpp-client',
      [
        `${xmpp}<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>`,
      ],
      { code: 'tls', detail: 'stream error host-unknown: it does not serve "lab.test"' },
    ],
    [
      'xmpp-client',
      [`${xmpp}<stream:error><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>`],
      away,
    ],
    [
      'xmpp-client',
      [xmpp + starttls, "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>"],
      refusal('failure'),
    ],
    ['xmpp-client', [xmpp + starttls, "<proceed xmlns='urn:elsewhere'/>"], noise],
    ['xmpp-client', [xmpp.replace(/<\?xml.*?\?>/, '<!DOCTYPE x [<!ENTITY a "b">]>') + starttls], noise],
    ['xmpp-client', [`${xmpp}<!-- a -->${starttls}`], noise],
    ['xmpp-client', [`${xmpp}<?a b?>${starttls}`], noise],
    ['xmpp-client', [`${xmpp}words${starttls}`], noise],
    ['xmpp-client', ['<html><body>'], noise],
    ['xmpp-client', [`${xmpp}</stream:stream>`], away],
  ];

  it.each(cases)('%s: %j', (protocol, words, expected) => {
    const { end } = says(protocol, ...words);
    if (typeof expected === 'string') expect(end).toBe(expected);
    else expect(end).toMatchObject(expected);
  });
});

describe('what is known already', () => {
  it.each(['imap', 'pop3', 'nntp'] as const)('%s does not ask again what the server offers', (protocol) => {
    const { sent, end } = play(protocol, wholes(transcripts[protocol].toSpliced(1, 1)), true);
    expect(end).toBe('go-ahead');
    expect(sent).toHaveLength(1);
  });
});

describe('quoting', () => {
  it('escapes what a terminal or a page would obey, and cuts it', () => {
    const { end } = says('smtp', '220 a\r\n', ehlo, `454 \x1b[2J\u0000<b>\x9b\xe1"${'x'.repeat(5000)}\r\n`);
    const { detail } = end as Failure;
    expect(detail).toMatch(/^[\x20-\x7e]+$/);
    expect(detail).toContain(String.raw`"454 \u001b[2J\u0000<b>\u009b\u00e1\"xxx`);
    expect(detail.length).toBeLessThan(400);
  });

  it('gives XMPP a name that cannot leave its attribute', () => {
    const { send } = createConversation('xmpp-client', { host: "a'><x y='&" }).start();
    expect(send?.toString()).toContain("to='a&apos;>&lt;x y=&apos;&amp;'");
  });
});
