import { UserError } from '../model/errors.ts';
import { message } from '../model/text.ts';

/** Refuses one file, with one clear sentence (`feeds.<key>`); nothing of what came with it is kept. */
export function refuse(file: string, key: string, params?: Record<string, string | number>): never {
  throw new UserError([{ file, message: message(`feeds.${key}`, params) }]);
}

/** The words of a fault of the disk, of zlib or of a parser, for an engineer. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? `${error.code} ${error.message}` : error.message;
}
