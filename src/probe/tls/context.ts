import type { TlsFacts } from '../../model/facts/tls.ts';
import type { Target } from '../../model/target.ts';
import type { Dial } from './exchange.ts';
import type { SeenProtocols } from './seen.ts';
import type { Verification } from './verify.ts';

/** A root trusted besides Mozilla's: its name for reports (the file's), and its PEM. */
export type Root = { readonly name: string; readonly pem: string };

/** What every part of the prober that comes after the enumeration is given. */
export type TlsContext = {
  readonly dial: Dial;
  readonly sni: string | undefined;
  readonly seen: SeenProtocols;
  readonly target: Target;
  readonly extraRoots: readonly Root[];
  /** The handshake that is judged by node:tls, under way or done; absent where none is made. */
  readonly verification?: Promise<Verification>;
};

/** One part: the facts that it learned, and nothing for what it did not. Throws what `dial.connect` throws. */
export type TlsPart = (context: TlsContext) => Promise<Partial<TlsFacts>>;
