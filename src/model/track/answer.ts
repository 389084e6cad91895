import type { Iso } from '../observation.ts';

/** What an owner asks for and another person decides: a waiver, that it is a false alarm, that it is somebody else's. */
export const askedFor = ['waived', 'false-positive', 'not-ours'] as const;
export type AskedFor = (typeof askedFor)[number];

/** The sheet that an answer came in, and a hash of the answer by which the same one is known again. */
export type FromSheet = {
  readonly sheet: string;
  readonly answer: string;
  /** Who handed the sheet in, where that is not who answers. */
  readonly handedInBy?: string;
};

/** A request: it sets nothing aside. It stands for the evidence and the trouble that it was made about. */
export type Asked = {
  readonly as: AskedFor;
  readonly reason: string;
  /** The last day asked for. */
  readonly until?: string;
  /** Fingerprint of the evidence, and the first sighting of the trouble. */
  readonly evidence: string;
  readonly openedAt: Iso;
  readonly sheet?: FromSheet;
};

/** A request as a finding's life keeps it until it is decided. */
export type PendingRequest = Asked & { readonly at: Iso; readonly by: string; readonly document?: string };

/** What an owner shows for it: a file kept by its hash, or (neither size nor hash) the name of a document. */
export type Attachment = {
  readonly name: string;
  /** Bytes. */
  readonly size?: number;
  /** Hexadecimal; the content lies under `attachments/` of the output folder. */
  readonly sha256?: string;
};
