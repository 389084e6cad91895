import { isIP } from 'node:net';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';

export type ListenPlace = { readonly host: string; readonly port: number };

/**
 * `9464` (this machine alone: 127.0.0.1), `10.1.2.3:9464`, `[::1]:9464`. An address, never a name: what listens where must not hang on
 * a resolver. Throws UserError for anything else.
 */
export function parseListen(asked: string): ListenPlace {
  const [, bracketed, plain, digits = ''] = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(asked.trim()) ?? [];
  const host = bracketed ?? plain ?? '127.0.0.1';
  const port = Number(digits);
  const family = isIP(host);
  if (digits === '' || port > 65_535 || family === 0 || (family === 6) !== (bracketed !== undefined))
    throw new UserError([{ message: message('status.bad-listen', { asked: asked.slice(0, 100) }) }]);
  return { host, port };
}

/** As it is written in an address. */
export const listenName = ({ host, port }: ListenPlace): string =>
  isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
