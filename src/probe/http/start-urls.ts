import type { EndpointOf } from '../../model/inventory/endpoint.ts';

/** Where the two chains of a web endpoint begin; null where the endpoint has no such side. */
export type StartUrls = { readonly secure: URL | null; readonly plain: URL | null };

/**
 * The https and the http URL of an endpoint. The twin of a URL on its default port is the same host and path on the
 * other scheme's default port, or `httpUrl` where the inventory names one; a URL on another port has no implied twin.
 */
export function startUrls(endpoint: EndpointOf<'web'>): StartUrls {
  const url = requestable(new URL(endpoint.url));
  if (url.protocol === 'http:') return { secure: url.port === '' ? withProtocol(url, 'https:') : null, plain: url };
  if (endpoint.httpUrl !== undefined) return { secure: url, plain: requestable(new URL(endpoint.httpUrl)) };
  return { secure: url, plain: url.port === '' ? withProtocol(url, 'http:') : null };
}

/** The URL as it is asked for: no fragment (never sent, RFC 9110 §4.2.5) and no user name or password. */
export function requestable(url: URL): URL {
  const clean = new URL(url);
  clean.hash = '';
  clean.username = '';
  clean.password = '';
  return clean;
}

function withProtocol(url: URL, protocol: 'http:' | 'https:'): URL {
  const twin = new URL(url);
  twin.protocol = protocol;
  return twin;
}
