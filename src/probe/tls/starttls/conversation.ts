import type { StartTls } from '../../../model/facts/tls.ts';
import type { Dialogue } from './dialogue.ts';
import { createEar, type Turns } from './ear.ts';
import { ftp } from './ftp.ts';
import { imap } from './imap.ts';
import { ldap } from './ldap.ts';
import { mysql } from './mysql.ts';
import { nntp } from './nntp.ts';
import { pop3 } from './pop3.ts';
import { postgres } from './postgres.ts';
import { rdp } from './rdp.ts';
import { garbage } from './refusal.ts';
import { sieve } from './sieve.ts';
import { lmtp, smtp } from './smtp.ts';
import { xmppClient, xmppServer } from './xmpp.ts';

const dialogues: Readonly<Record<StartTls, Dialogue>> = {
  smtp,
  lmtp,
  imap,
  pop3,
  ftp,
  ldap,
  'xmpp-client': xmppClient,
  'xmpp-server': xmppServer,
  postgres,
  mysql,
  nntp,
  sieve,
  rdp,
};

/** What to do next: send, if there is something; `done`: then the ClientHello may follow. */
export type Turn = { readonly send?: Buffer; readonly done: boolean };

/** One dialogue without a socket. `hear` after `done` is an error of ours; both throw FailureError as Dialogue says. */
export type Conversation = { readonly start: () => Turn; readonly hear: (bytes: Buffer) => Turn };

/** Begins the dialogue of `protocol`; total over whatever bytes are heard, however they are cut. */
export function createConversation(
  protocol: StartTls,
  options: { readonly host: string; readonly offered?: boolean },
): Conversation {
  const ear = createEar();
  const { host, offered = false } = options;
  const turns: Turns<Buffer | undefined> = dialogues[protocol]({ ear, host, offered });

  const turnOf = ({ value, done = false }: IteratorResult<Buffer | undefined, Buffer | undefined>): Turn => {
    // TLS has not begun, so this is no part of it, and a client that took it for one could be fooled (CVE-2011-0411).
    if (done && ear.unread().length > 0) throw garbage('something after the go-ahead', ear.unread());
    return { ...(value === undefined ? {} : { send: value }), done };
  };
  return { start: () => turnOf(turns.next()), hear: (bytes) => turnOf(turns.next(bytes)) };
}
