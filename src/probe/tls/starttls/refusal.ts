import { FailureError } from '../../../model/failure.ts';

const shownLength = 300;

/** What a stranger said, cut and with everything but printable ASCII escaped, in double quotes. */
export function quote(said: Buffer | string): string {
  const text = (typeof said === 'string' ? said : said.toString('latin1')).replace(/[\r\n]+$/, '');
  const cut = text.length > shownLength ? `${text.slice(0, shownLength)}...` : text;
  return JSON.stringify(cut).replaceAll(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The server knows the upgrade command and will not carry it out. */
export function refused(said: Buffer | string): FailureError {
  return new FailureError('tls', `STARTTLS refused: ${quote(said)}`);
}

/** The server does not list the upgrade among what it can do, or does not know the command. */
export function notOffered(said: Buffer | string): FailureError {
  return new FailureError('tls', `STARTTLS not offered: ${quote(said)}`);
}

/** The server will not talk to us at all: a limit, a filter, maintenance. Says nothing of TLS. */
export function turnedAway(said: Buffer | string): FailureError {
  return new FailureError('blocked', `turned away before STARTTLS: ${quote(said)}`);
}

/** An answer that is not the protocol asked. */
export function garbage(why: string, said: Buffer | string): FailureError {
  return new FailureError('protocol', `before STARTTLS, ${why}: ${quote(said)}`);
}
