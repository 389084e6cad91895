import picocolors from 'picocolors';
import type { Lang, Message } from '../model/text.ts';
import type { Catalogue } from '../text/catalogue.ts';

/** Where a command speaks, and in which language. */
export type Output = {
  readonly lang: Lang;
  readonly say: (key: string, params?: Message['params']) => string;
  readonly tell: (message: Message) => string;
  /** A line of the result, on standard output. */
  readonly line: (text?: string) => void;
  /** A line about the work, on standard error. */
  readonly note: (text: string) => void;
  /** Overwrites the status line on a terminal; says nothing elsewhere. */
  readonly status: (text: string) => void;
  readonly colors: ReturnType<typeof picocolors.createColors>;
  readonly isTerminal: boolean;
  readonly width: number;
};

type Stream = { readonly write: (text: string) => unknown; readonly isTTY?: boolean; readonly columns?: number };

/** Binds a language to two streams. Colours follow NO_COLOR, FORCE_COLOR and whether the stream is a terminal. */
export function createOutput(
  catalogue: Catalogue,
  lang: Lang,
  out: Stream,
  err: Stream,
  env: Readonly<Record<string, string | undefined>>,
): Output {
  const noColor = (env['NO_COLOR'] ?? '') !== '';
  const forced = (env['FORCE_COLOR'] ?? '') !== '' && env['FORCE_COLOR'] !== '0';
  const isTerminal = err.isTTY === true;
  let statusShown = false;
  const clear = () => {
    if (statusShown) err.write('\r\u001b[2K');
    statusShown = false;
  };
  return {
    lang,
    say: (key, params) => catalogue.say(lang, key, params),
    tell: (message) => catalogue.tell(lang, message),
    line: (text = '') => {
      clear();
      out.write(`${text}\n`);
    },
    note: (text) => {
      clear();
      err.write(`${text}\n`);
    },
    status: (text) => {
      if (!isTerminal) return;
      clear();
      err.write(text);
      statusShown = true;
    },
    colors: picocolors.createColors(!noColor && (forced || out.isTTY === true)),
    isTerminal,
    width: Math.max(60, Math.min(out.columns ?? 100, 140)),
  };
}
