import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** Ends the reading of a file that is no sheet of ours. */
export function refuseFile(file: string, why: string, params?: Record<string, string | number>): never {
  throw new UserError([{ file, message: message(`answers.file.${why}`, params) }]);
}
