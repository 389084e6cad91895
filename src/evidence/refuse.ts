import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** Refuses with one clear sentence (`evidence.<key>`); nothing half-written is kept. */
export function refuse(file: string, key: string, params?: Record<string, string | number>): never {
  throw new UserError([{ file, message: message(`evidence.${key}`, params) }]);
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
