import type { PortDetails } from '../../../model/facts/port-details.ts';

/** A service that is asked by HTTP whether it answers strangers: the request, and what proves that it did. */
type OpenWeb = {
  /** Service names that call for it, in our port list's words. */
  readonly services: readonly string[];
  readonly path: string;
  /** In head and body of an answer with 200, and of no other product. */
  readonly proof: RegExp;
};

/** Requests that read nothing stored: a greeting, a health page, a version. */
export const openWebs: readonly OpenWeb[] = [
  {
    services: ['elasticsearch'],
    path: '/',
    proof: /"tagline"\s*:\s*"You Know, for Search"|"distribution"\s*:\s*"opensearch"/,
  },
  { services: ['docker', 'docker-tls'], path: '/_ping', proof: /^Api-Version: \d/im },
  { services: ['etcd-client'], path: '/version', proof: /"etcdserver"\s*:/ },
  { services: ['couchdb'], path: '/', proof: /"couchdb"\s*:\s*"Welcome"/ },
  { services: ['consul'], path: '/v1/status/leader', proof: /^X-Consul-|^"[\d.:[\]a-f]*"\s*$/im },
  { services: ['kubelet', 'kubelet-read-only'], path: '/healthz', proof: /\r\n\r\nok\s*$/ },
  { services: ['influxdb'], path: '/ping', proof: /^X-Influxdb-Version: /im },
  { services: ['prometheus'], path: '/-/healthy', proof: /Prometheus(?: Server)? is Healthy/ },
];

/** What an answer by HTTP says of it: a login asked for, a proof, or nothing that decides. Total over any text. */
export function readOpenWeb(answer: string, { path, proof }: OpenWeb): PortDetails | undefined {
  const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(answer) ?? [];
  const openAccessAsked = `GET ${path}`;
  // 403 may be a filter's word, which says nothing of a login.
  if (status === '401') return { openAccess: false, openAccessAsked };
  if (status?.startsWith('2') !== true || !proof.test(answer)) return undefined;
  const told = (answer.split('\r\n\r\n').slice(1).join('\r\n\r\n') || '').trim().slice(0, 512);
  return { openAccess: true, openAccessAsked, ...(told === '' ? {} : { openAccessTold: told }) };
}

/** What the first words already brought: Redis to `PING`, memcached to `version`. */
export function openByBanner(service: string | undefined, banner: string): PortDetails | undefined {
  if (service === 'redis') {
    if (banner.startsWith('+PONG')) return { openAccess: true, openAccessAsked: 'PING' };
    if (/^-(NOAUTH|DENIED|WRONGPASS)/.test(banner)) return { openAccess: false, openAccessAsked: 'PING' };
  }
  if (service === 'memcached' && /^VERSION \d/.test(banner)) return { openAccess: true, openAccessAsked: 'version' };
  return undefined;
}
