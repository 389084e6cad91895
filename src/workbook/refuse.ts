import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** Ends the reading of a file that is no list. */
export function refuse(file: string, why: string, params?: Record<string, string | number>): never {
  throw new UserError([{ file, message: message(`forms.import.${why}`, params) }]);
}

/** Why a library could not read something, short. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
