import type { Ear, Turns } from './ear.ts';

/** What a dialogue goes by. */
export type DialogueContext = {
  readonly ear: Ear;
  /** Name or address that the service is reached by, for protocols that must be told. */
  readonly host: string;
  /** The same service has offered the upgrade before, so that where the standard allows it need not be asked again. */
  readonly offered: boolean;
};

/**
 * The clear dialogue of one protocol up to the go-ahead; returns what is still to be sent before the ClientHello, if
 * anything. Pure. Throws FailureError: `tls` (refused, not offered), `blocked` (turned away), `protocol`.
 */
export type Dialogue = (context: DialogueContext) => Turns<Buffer | undefined>;

/** The name by which we greet: reserved never to exist (RFC 2606 section 2). */
export const ownName = 'rasoat.invalid';
