import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Personality } from './personality.ts';

const protection = {
  'content-security-policy': "default-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};
const hsts = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** As long as the front page of a small office's site. */
const paragraph = '<p>Thủ tục hành chính, văn bản, tin tức và liên hệ.</p>\n';

/** What a machine answers to one request: its front page, a redirect from http, or that there is no such page. */
export function answer(
  { headers, banner, redirects }: Personality,
  secure: { readonly port: number } | 'this',
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const host = (request.headers.host ?? 'localhost').replace(/:\d+$/, '');
  const common = {
    server: banner,
    ...(headers === 'none' ? {} : protection),
    ...(headers === 'all' && secure === 'this' ? hsts : {}),
  };
  if (secure !== 'this' && redirects) {
    const location = `https://${host}:${secure.port}${request.url ?? '/'}`;
    response.writeHead(301, { ...common, location, 'content-length': 0 }).end();
    return;
  }
  const found = request.url === '/' || request.url === '';
  const page = found
    ? `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin ${host}</title></head><body><h1>Cổng thông tin điện tử</h1>\n${paragraph.repeat(40)}</body></html>`
    : '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>404</title></head><body><h1>Không tìm thấy</h1></body></html>';
  const body = Buffer.from(page);
  response.writeHead(found ? 200 : 404, {
    ...common,
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
