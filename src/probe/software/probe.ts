import ipaddr from 'ipaddr.js';
import type { Chain, HttpFacts } from '../../model/facts/http.ts';
import type { PageFacts } from '../../model/facts/page.ts';
import type { OpenPort, PortsFacts } from '../../model/facts/ports.ts';
import type { SoftwareFacts, SoftwareItem } from '../../model/facts/software.ts';
import type { Target } from '../../model/target.ts';
import { softwareFromBanner } from './from-banner.ts';
import { softwareFromHeaders } from './from-headers.ts';
import { readBanner } from './read-banner.ts';

/** As many items as the facts may hold. */
const maxItems = 500;

/**
 * What a web endpoint tells of its software. Only answers of the target's own address count: a redirect to another host
 * tells of that host, and must not be laid at this one's door.
 */
export function softwareFromHttp(facts: HttpFacts, target: Target): SoftwareFacts {
  const chains = [facts.secure, facts.plain].filter((chain) => chain !== null);
  return { items: distinct([...chains.flatMap((chain) => fromChain(chain, target)), ...fromIcon(facts)]) };
}

/** The icon, where it is one that ships with a product; it was asked for at the site's own origin. */
function fromIcon({ paths }: HttpFacts): readonly SoftwareItem[] {
  const { url, sha256, mmh3 } = paths?.icon ?? {};
  const port = url === undefined ? undefined : portOf(url);
  if (sha256 === undefined || port === undefined) return [];
  return readBanner('favicon', `sha256:${sha256} mmh3:${mmh3 ?? ''}`, port);
}

function fromChain(chain: Chain, target: Target): readonly SoftwareItem[] {
  const own = (address: string) => target.address === undefined || sameAddress(address, target.address);
  const last = chain.hops.at(-1);
  const page = last !== undefined && own(last.address) ? chain.body : undefined;
  const port = last === undefined ? undefined : portOf(last.url);
  return [
    ...chain.hops
      .filter((hop) => own(hop.address))
      .flatMap((hop) => {
        const hopPort = portOf(hop.url);
        return hopPort === undefined ? [] : softwareFromHeaders(hop.headers, hopPort);
      }),
    ...(page?.generator == null || port === undefined ? [] : readBanner('html.generator', page.generator, port)),
    ...(page?.title == null || port === undefined ? [] : readBanner('html.title', page.title, port)),
    ...(page?.page === undefined || port === undefined ? [] : fromScripts(page.page, port)),
  ];
}

/** Libraries that the page runs, by the addresses of its scripts and the banners of those written into it. */
function fromScripts({ scripts }: PageFacts, port: number): readonly SoftwareItem[] {
  return scripts.flatMap(({ src, banner }) => {
    const words = src ?? banner;
    return words === null ? [] : readBanner('html.script', words, port);
  });
}

/** What the open ports of a host tell of their software: banners first, and nmap's word where there was no banner. */
export function softwareFromPorts(facts: PortsFacts, _target: Target): SoftwareFacts {
  return { items: distinct(facts.open.flatMap((open) => [...fromPort(open), ...fromOpenAccess(open)])) };
}

function fromPort(open: OpenPort): readonly SoftwareItem[] {
  const { port, service, banner, product } = open;
  if (banner === undefined) {
    return product === undefined ? [] : readBanner('nmap', [product, open.version].filter(Boolean).join(' '), port);
  }
  return service === undefined ? [] : softwareFromBanner(service, banner, port);
}

/** What a store or a container service answered a stranger: `{"etcdserver":"3.4.23"}`. */
function fromOpenAccess({ port, details }: OpenPort): readonly SoftwareItem[] {
  const { openAccess, openAccessTold: told } = details ?? {};
  return openAccess !== true || told === undefined ? [] : readBanner('store.banner', told, port);
}

function distinct(items: readonly SoftwareItem[]): SoftwareItem[] {
  const seen = new Map(
    items.map((item) => [`${item.source} ${item.port} ${item.product} ${item.version ?? ''}`, item]),
  );
  return [...seen.values()].slice(0, maxItems);
}

function portOf(url: string): number | undefined {
  if (!URL.canParse(url)) return undefined;
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) || undefined;
}

function sameAddress(one: string, other: string): boolean {
  if (one === other) return true;
  if (!ipaddr.isValid(one) || !ipaddr.isValid(other)) return false;
  return ipaddr.process(one).toNormalizedString() === ipaddr.process(other).toNormalizedString();
}
