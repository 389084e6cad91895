import { Type, type Static } from '@sinclair/typebox';
import { closed, list, text } from '../../model/schema.ts';
import { askedOnce, from, type Asks } from './asked.ts';
import { headerValues, joinedHeader } from './headers.ts';
import type { Part } from './part.ts';

/** What the site says of its methods when asked by OPTIONS: what it says, not what it does. */
export const methodsView = Type.Object(
  {
    /** Of `Allow` and of IIS's `Public`, in upper case, each once. */
    advertised: list(text(64), 64),
    /** Those that are not needed to show pages and take forms. */
    changing: list(text(64), 64),
    /** WebDAV's compliance classes (RFC 4918, 10.1); null: no such header. */
    dav: Type.Union([text(512), Type.Null()]),
  },
  closed,
);
export type Methods = Static<typeof methodsView>;

/** Methods that any site may have (RFC 9110, 9.3). */
const usual: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

export function methodsOf(asks: Asks): Part<Methods> {
  return from(askedOnce(asks, 'options'), ({ hop }) => {
    const named = [...headerValues(hop, 'allow'), ...headerValues(hop, 'public')]
      .flatMap((value) => value.split(','))
      .map((method) => method.trim().toUpperCase().slice(0, 64))
      .filter((method) => method !== '');
    const advertised = [...new Set(named)].slice(0, 64);
    return {
      advertised,
      changing: advertised.filter((method) => !usual.has(method)),
      dav: joinedHeader(hop, 'dav')?.slice(0, 512) ?? null,
    };
  });
}

/** TRACE gave back what was sent: proven by our own mark in a successful answer, whatever `Allow` says. */
export function traceEchoedOf(asks: Asks): Part<boolean> {
  return from(askedOnce(asks, 'trace'), ({ hop, echoed }) => echoed === true && hop.status >= 200 && hop.status < 300);
}
