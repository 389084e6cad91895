import { askSite } from './asks/ask-site.ts';
import { askMarked } from './detection/ask-marked.ts';
import { askPaths } from './paths/ask-paths.ts';
import type { WebPart } from './web-part.ts';

/** What is asked beyond the chains, by worth: what the budget does not reach is left out. */
export const allParts: readonly WebPart[] = [askMarked, askSite, askPaths];
