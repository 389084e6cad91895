import { Type, type Static } from '@sinclair/typebox';
import { closed, list, text } from '../schema.ts';

/** Facts of one domain. */
export const dnsFacts = Type.Object({ nameServers: list(text(255), 64) }, closed);
export type DnsFacts = Static<typeof dnsFacts>;
