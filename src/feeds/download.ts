import { Readable } from 'node:stream';
import { EnvHttpProxyAgent, fetch, ProxyAgent, type Dispatcher } from 'undici';
import type { Iso } from '../model/observation.ts';
import { reasonOf, refuse } from './refuse.ts';
import { write, type Staged } from './stage.ts';
import { UserError } from '../model/errors.ts';

/** What a server said of a file when it was last taken, to ask whether it has changed. */
export type Validators = { readonly etag?: string; readonly lastModified?: string };

export type Downloaded =
  | { readonly is: 'same'; readonly at: Iso }
  | { readonly is: 'new'; readonly at: Iso; readonly staged: Staged; readonly validators: Validators };

export type DownloadOptions = {
  readonly dispatcher: Dispatcher;
  readonly userAgent: string;
  readonly mostBytes: number;
  /** For the whole of one download, in milliseconds. */
  readonly deadlineMs: number;
};

/** The way out: the proxy given, else what HTTP_PROXY, HTTPS_PROXY and NO_PROXY say. The only sockets not toward a target. */
export function createDispatcher(proxy: string | undefined): Dispatcher {
  return proxy === undefined ? new EnvHttpProxyAgent() : new ProxyAgent(proxy);
}

/**
 * Downloads one address to the file `to`, or learns that it has not changed (RFC 9110, 13.1). `at` is the server's own clock,
 * else ours. Throws UserError for everything but 200 and 304, for what is too large or too slow, and for a redirect from HTTPS
 * to HTTP.
 */
export async function download(
  address: string,
  to: string,
  validators: Validators,
  options: DownloadOptions,
): Promise<Downloaded> {
  try {
    const response = await fetch(address, {
      dispatcher: options.dispatcher,
      signal: AbortSignal.timeout(options.deadlineMs),
      headers: {
        'user-agent': options.userAgent,
        ...(validators.etag === undefined ? {} : { 'if-none-match': validators.etag }),
        ...(validators.lastModified === undefined ? {} : { 'if-modified-since': validators.lastModified }),
      },
    });
    if (address.startsWith('https:') && !response.url.startsWith('https:'))
      fail(address, `redirected to ${response.url}`);
    const at = clockOf(response.headers.get('date'));
    if (response.status === 304) return { is: 'same', at };
    if (response.status !== 200 || response.body === null) return fail(address, `HTTP ${response.status}`);
    const staged = await write([Readable.fromWeb(response.body)], to, nameOf(address), address, options.mostBytes);
    const etag = response.headers.get('etag');
    const lastModified = response.headers.get('last-modified');
    const said = { ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) };
    return { is: 'new', at, staged, validators: said };
  } catch (error) {
    if (error instanceof UserError) throw error;
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return fail(address, reasonOf(cause));
  }
}

function fail(address: string, reason: string): never {
  return refuse(address, 'download', { reason: reason.slice(0, 200) });
}

function clockOf(header: string | null): Iso {
  const time = Date.parse(header ?? '');
  return new Date(Number.isNaN(time) ? Date.now() : time).toISOString();
}

/** The last step of an address's path, for people. */
function nameOf(address: string): string {
  const name =
    new URL(address).pathname
      .split('/')
      .filter((step) => step !== '')
      .at(-1) ?? 'index';
  return name.replace(/[\p{Cc}\\]/gu, '_').slice(0, 200);
}
