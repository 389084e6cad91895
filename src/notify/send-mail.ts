import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { plain } from './plain.ts';

/** A mail server as it is spoken to: settings with their secrets and files read. */
export type MailServer = {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'implicit' | 'none';
  readonly serverName?: string;
  /** PEM; trusted instead of what the system trusts. */
  readonly ca?: string;
  readonly login?: { readonly user: string; readonly password: string };
  readonly timeoutMs: number;
};

export type Mail = {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly replyTo?: string;
  readonly subject: string;
  readonly messageId: string;
  readonly at: string;
  readonly lang: string;
  readonly text: string;
  readonly html: string;
};

/**
 * What became of a mail. `failed`: the server certainly has not taken it. `unknown`: the connection broke after the message
 * began to go and before the server answered, so it may have (RFC 1047). `server`: nothing will go to this server now,
 * whoever it is for.
 */
export type Handed =
  | { readonly is: 'sent'; readonly answer: string; readonly refused: readonly string[] }
  | { readonly is: 'failed'; readonly reason: string; readonly server: boolean }
  | { readonly is: 'unknown'; readonly reason: string };

/** Longest words of a server that are kept. */
const longest = 300;

/**
 * Hands one mail to the server over a connection of its own. `handing` is awaited after the server asked for the message
 * and before the first byte of it goes. Never throws for what the network or the server does.
 */
export async function sendMail(server: MailServer, mail: Mail, handing: () => Promise<void>): Promise<Handed> {
  const raw = await compose(mail);
  const connection = connectionTo(server);
  const progress = { begun: false };
  const message = Readable.from(
    (async function* () {
      await handing();
      progress.begun = true;
      yield raw;
    })(),
  );
  try {
    await connected(connection);
    if (server.login !== undefined) await loggedIn(connection, server.login);
    const info = await new Promise<SMTPConnectionSendInfo>((resolve, reject) => {
      connection.send({ from: mail.from.address, to: [...mail.to] }, message, (error, sent) => {
        if (error === null) resolve(sent);
        else reject(error);
      });
    });
    return {
      is: 'sent',
      answer: plain(info.response, longest),
      refused: (info.rejectedErrors ?? []).map((one) => reasonOf(one)),
    };
  } catch (error) {
    const reason = reasonOf(error);
    // A reply of the server is an answer; its absence is none.
    if (progress.begun && codeOf(error) === undefined) return { is: 'unknown', reason };
    return { is: 'failed', reason, server: concernsServer(error) };
  } finally {
    message.destroy();
    connection.quit();
    connection.close();
  }
}

function connectionTo({ host, port, tls, serverName, ca, timeoutMs }: MailServer): SMTPConnection {
  return new SMTPConnection({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca }),
      ...(serverName === undefined ? {} : { servername: serverName }),
    },
    ...(serverName === undefined ? {} : { servername: serverName }),
  });
}

function connected(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.once('end', () => {
      reject(new Error('the server closed the connection'));
    });
    connection.connect((error) => {
      if (error === undefined) resolve();
      else reject(error);
    });
  });
}

function loggedIn(connection: SMTPConnection, { user, password }: NonNullable<MailServer['login']>): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.login({ user, pass: password }, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

function compose({ from, to, replyTo, subject, messageId, at, lang, text, html }: Mail): Promise<Buffer> {
  return new MailComposer({
    from,
    // As objects: nothing in an address is read as a second one.
    to: to.map((address) => ({ name: '', address })),
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    subject,
    messageId,
    date: new Date(at),
    text,
    html,
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      // RFC 3834: no automatic answer is wanted.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': lang,
    },
  })
    .compile()
    .build();
}

/** The three digits of the server's reply, if it gave one. */
function codeOf(error: unknown): number | undefined {
  const code = (error as { readonly responseCode?: unknown }).responseCode;
  return typeof code === 'number' && code > 0 ? code : undefined;
}

function concernsServer(error: unknown): boolean {
  const { code, command } = error as { readonly code?: unknown; readonly command?: unknown };
  if (code === 'EAUTH') return true;
  return codeOf(error) === undefined || command === 'CONN' || command === 'EHLO' || command === 'STARTTLS';
}

/** What went wrong, in the server's words or the network's; never what we said, for a password may be in it. */
function reasonOf(error: unknown): string {
  const { response, message, code } = error as {
    readonly response?: unknown;
    readonly message?: unknown;
    readonly code?: unknown;
  };
  const words = typeof response === 'string' && response !== '' ? response : message;
  const mark = typeof code === 'string' ? `${code}: ` : '';
  return plain(`${mark}${typeof words === 'string' ? words : 'error'}`, longest);
}
