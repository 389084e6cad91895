import type { Message } from '../model/text.ts';

/** Something that plain YAML does not have, and the offset at which it stands. */
export type Fault = { readonly offset: number; readonly message: Message };

/** Deepest nesting of maps and lists. */
export const deepest = 32;
