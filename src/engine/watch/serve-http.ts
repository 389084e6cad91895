import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../model/errors.ts';
import { message } from '../../model/text.ts';
import { listenName, type ListenPlace } from './listen-place.ts';

export type Page = { readonly status: number; readonly type: string; readonly body: string };
type Pages = Readonly<Record<string, () => Promise<Page>>>;

/**
 * A server of a few pages for GET and HEAD, each made anew. Whoever is slow, many or talkative is cut off. Throws UserError where the
 * place cannot be listened on.
 */
export async function servePages(
  place: ListenPlace,
  pages: Pages,
  failed: (error: unknown) => void,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const server = createServer(
    {
      maxHeaderSize: 8_192,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 2_000,
    },
    (request, response) => {
      answer(request, response, pages).catch((error: unknown) => {
        failed(error);
        if (!response.headersSent) send(response, { status: 500, type: 'text/plain', body: 'error\n' }, true);
        else response.destroy();
      });
    },
  );
  server.maxConnections = 32;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { code = '' } = error;
      reject(new UserError([{ message: message('status.cannot-listen', { place: listenName(place), code }) }]));
    });
    server.listen({ host: place.host, port: place.port, exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: listenName({ host: place.host, port }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, pages: Pages): Promise<void> {
  const { method = '', url = '' } = request;
  request.resume();
  const withBody = method !== 'HEAD';
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    send(response, { status: 405, type: 'text/plain', body: 'method not allowed\n' }, withBody);
    return;
  }
  const path = url.split('?', 1)[0] ?? '';
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  const made = page === undefined ? { status: 404, type: 'text/plain', body: 'not found\n' } : await page();
  send(response, made, withBody);
}

function send(response: ServerResponse, { status, type, body }: Page, withBody: boolean): void {
  response.writeHead(status, {
    'content-type': type.includes('charset') || type.includes('json') ? type : `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(withBody ? body : undefined);
}
