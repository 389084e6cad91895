import type { Certainty } from '../citation.ts';
import type { Text } from '../text.ts';

/** A day something is due, and which text makes it so. */
export type Due = {
  readonly on: string;
  readonly rule: 'convention' | 'interval' | 'directive' | 'document';
  readonly source: Text;
  readonly instrument?: string;
  readonly clause?: string;
  readonly obligation?: string;
  readonly certainty: Certainty;
};
