import { isIP } from 'node:net';
import type { WebQuestion } from '../../../model/facts/web-asks.ts';
import { isRedirect } from '../page.ts';
import type { Question, WebContext } from '../web-part.ts';

/** A question beyond the chains, and what the facts say of how it was put. */
export type WebAsk = Question & { readonly word: WebQuestion; readonly sent?: readonly [name: string, value: string] };

/** Name of the header whose value TRACE is to give back. */
const markHeader = 'X-Rasoat-Mark';
/** Other addresses that are asked, the first of the other family before the rest. */
const mostSiblings = 3;
/** Enough for a title and a short text. */
const someBody = 65_536;

/**
 * What to ask about a site that showed a page, by worth. `nonce` makes our origins and our mark like nobody else's, so
 * that what comes back is an echo.
 */
export function questionsFor(context: WebContext, nonce: string): readonly WebAsk[] {
  const page = context.front;
  if (page === undefined) return [];
  return [
    cors('cors-stranger', page, `https://rasoat-${nonce}.example`, { 'Accept-Encoding': 'gzip, deflate, br' }),
    { word: 'options', url: page, method: 'OPTIONS', wantsBody: () => false },
    trace(page, `rasoat-${nonce}`),
    ...siblings(context, page),
    ...byAddress(context),
    ...twin(context),
    cors('cors-lookalike', page, `https://${page.hostname}.rasoat-${nonce}.example`),
    cors('cors-null', page, 'null'),
  ];
}

/** Only the headers tell; the certificate of the first is what siblings are compared with. */
function cors(word: WebQuestion, url: URL, origin: string, more: Readonly<Record<string, string>> = {}): WebAsk {
  return {
    word,
    url,
    headers: { ...more, Origin: origin },
    sent: ['Origin', origin],
    wantsCertificate: word === 'cors-stranger',
    wantsBody: () => false,
  };
}

function trace(url: URL, mark: string): WebAsk {
  return {
    word: 'trace',
    url,
    method: 'TRACE',
    headers: { [markHeader]: mark },
    sent: [markHeader, mark],
    maxBodyBytes: someBody,
  };
}

function siblings({ target }: WebContext, url: URL): readonly WebAsk[] {
  const family = isIP(target.address ?? '');
  const others = [...(target.siblings ?? [])];
  const unlike = others.find((address) => isIP(address) !== family);
  const inTurn = unlike === undefined ? others : [unlike, ...others.filter((address) => address !== unlike)];
  const named = target.name === undefined ? {} : { name: target.name };
  return inTurn.slice(0, mostSiblings).map((address) => ({
    word: 'sibling',
    url,
    place: { address, ...named },
    wantsCertificate: true,
    maxBodyBytes: someBody,
  }));
}

/** The root by the bare address, on every port where the endpoint's name answered. */
function byAddress({ target, origins }: WebContext): readonly WebAsk[] {
  const { address, name } = target;
  if (address === undefined || name === undefined) return [];
  const seen = new Set<string>();
  return origins.flatMap((origin): WebAsk[] => {
    const word = origin.protocol === 'https:' ? 'address-https' : 'address-http';
    if (seen.has(word)) return [];
    seen.add(word);
    const url = new URL(origin);
    url.hostname = isIP(address) === 6 ? `[${address}]` : address;
    return [{ word, url, wantsCertificate: word === 'address-https', maxBodyBytes: someBody }];
  });
}

/** Once an endpoint, and only where the chains have not shown already how the two names stand to each other. */
function twin({ target, secure, plain, front }: WebContext): readonly WebAsk[] {
  const { endpoint, name, siblings: others } = target;
  if (endpoint.kind !== 'web' || name === undefined || others === undefined || front === undefined) return [];
  const url = new URL(endpoint.url);
  const host = url.hostname.replace(/^www\.|^(?!www\.)/, (prefix) => (prefix === '' ? 'www.' : ''));
  const hops = [secure, plain].flatMap((chain) => chain?.hops ?? []);
  if (hops.some((hop) => new URL(hop.url).hostname === host)) return [];
  const asked = new URL(front.origin);
  asked.hostname = host;
  return [
    {
      word: 'twin',
      url: asked,
      wantsBody: (head) => !isRedirect(head),
      wantsCertificate: true,
      maxBodyBytes: someBody,
    },
  ];
}
