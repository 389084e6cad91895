import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { openOutbox, type OutboxRefused } from './outbox.ts';

/** What lies in an agent's spool. Throws UserError where there is none, or its agent is at it. */
export function readSpool(folder: string): { readonly waiting: number; readonly refused: readonly OutboxRefused[] } {
  const wrong = (key: string): UserError => new UserError([{ file: folder, message: message(key) }]);
  if (!existsSync(join(folder, 'outbox.sqlite'))) throw wrong('agent-spool.none');
  const outbox = openOutbox(folder, () => {
    throw wrong('agent-spool.busy');
  });
  try {
    return { waiting: outbox.count(), refused: outbox.refusals() };
  } finally {
    outbox.close();
  }
}
