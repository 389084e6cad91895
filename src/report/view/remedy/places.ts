import type { Finding } from '../../../model/finding.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Target } from '../../../model/target.ts';
import type { Placeholder } from '../../self-checks.ts';
import { mayStandInCommand, shellWord } from './shell-word.ts';

/** What fits each place of a command for one finding, as words of a shell; a place that is missing has nothing. */
export type Filled = Readonly<Partial<Record<Placeholder, string>>>;

/** Most ports named in one command. */
const mostPorts = 20;

/** Fills the places of commands with the names and addresses of the finding's own target. */
export function filledFor(target: Target, finding: Finding, observations: readonly Observation[]): Filled {
  const { endpoint, address } = target;
  const url = endpoint.kind === 'web' ? parsed(endpoint.url) : undefined;
  const name = target.name ?? (endpoint.kind === 'host' ? endpoint.host : url?.hostname);
  const host = name ?? bracketed(address);
  const ports = portsOf(finding, observations, target);
  const port = target.port ?? (url === undefined ? ports[0] : portOf(url));
  const reach = address ?? name;
  const plain = endpoint.kind === 'web' ? (endpoint.httpUrl ?? `http://${host ?? ''}/`) : undefined;
  const seen = seenUrl(finding, target);
  const resolve =
    url === undefined || address === undefined || !isDeclared(target) || name === undefined
      ? ''
      : `${name}:${portOf(url)}:${bracketed(address) ?? ''}`;
  const domain = 'domain' in endpoint ? endpoint.domain : undefined;
  const selector = endpoint.kind === 'mail' ? endpoint.dkimSelectors?.[0] : undefined;
  const tls = reach === undefined || port === undefined ? undefined : tlsWords(reach, port, target, url?.hostname);
  return Object.fromEntries(
    Object.entries({
      ...(tls === undefined ? {} : { tls }),
      ...words({
        address: reach,
        host,
        domain,
        selector,
        url: url?.href,
        origin: url === undefined ? undefined : `${url.origin}/`,
        plain,
        seenUrl: seen,
      }),
      ...(port === undefined ? {} : { port: String(port) }),
      ...(ports.length === 0 ? {} : { ports: ports.join(',') }),
      ...(url === undefined ? {} : resolveWords(resolve)),
    }),
  );
}

function words(of: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(of).flatMap(([name, value]) =>
      value !== undefined && mayStandInCommand(value) ? [[name, shellWord(value)]] : [],
    ),
  );
}

/** `-connect ADDRESS:PORT -servername NAME`, and the upgrade command where TLS does not begin at once. */
function tlsWords(reach: string, port: number, target: Target, hostname: string | undefined): string | undefined {
  const name = target.name ?? hostname;
  const parts = [`${bracketed(reach) ?? ''}:${port}`, ...(name === undefined ? [] : [name])];
  if (!parts.every(mayStandInCommand)) return undefined;
  const [connect = '', server] = parts.map(shellWord);
  const sni = server === undefined || bare(name) ? '-noservername' : `-servername ${server}`;
  return `-connect ${connect} ${sni}${target.startTls === undefined ? '' : ` -starttls ${target.startTls}`}`;
}

function bare(name: string | undefined): boolean {
  return name === undefined || /^[\d.]+$/.test(name) || name.includes(':');
}

/** The place for `--resolve` is there and empty where the name leads to the address by itself. */
function resolveWords(resolve: string): Readonly<Record<string, string>> {
  if (resolve === '') return { resolve: '' };
  return mayStandInCommand(resolve) ? { resolve: `--resolve ${shellWord(resolve)} ` } : {};
}

/** The owner gave the address itself: the name need not lead there. */
function isDeclared({ endpoint, address }: Target): boolean {
  return 'addresses' in endpoint && (endpoint.addresses ?? []).includes(address ?? '');
}

function bracketed(address: string | undefined): string | undefined {
  return address?.includes(':') === true ? `[${address}]` : address;
}

function parsed(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
}

/** Ports that the evidence names, else those seen open there. */
function portsOf(finding: Finding, observations: readonly Observation[], target: Target): readonly number[] {
  const named = new Set(finding.evidence.flatMap(({ saw }) => portsIn(saw, 0)));
  const open = observations.flatMap((one) =>
    one.kind === 'ports' && one.ok && one.target === target.key ? one.facts.open.map(({ port }) => port) : [],
  );
  const all = named.size > 0 ? [...named] : open;
  return all.toSorted((a, b) => a - b).slice(0, mostPorts);
}

function portsIn(saw: unknown, depth: number): readonly number[] {
  if (saw === null || typeof saw !== 'object' || depth > 3) return [];
  return Object.entries(saw).flatMap(([key, value]: [string, unknown]): readonly number[] => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (key === 'port' || key === 'ports') return values.filter(isPort);
    return values.flatMap((one) => portsIn(one, depth + 1));
  });
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536;
}

/** The address that the evidence quotes, when it is one of the target's own. */
function seenUrl({ evidence }: Finding, { endpoint }: Target): string | undefined {
  if (endpoint.kind !== 'web') return undefined;
  const host = parsed(endpoint.url)?.hostname;
  return evidence.flatMap(({ saw }) => urlsIn(saw, 0)).find((url) => parsed(url)?.hostname === host);
}

function urlsIn(saw: unknown, depth: number): readonly string[] {
  if (typeof saw === 'string') return /^https?:\/\//.test(saw) ? [saw] : [];
  if (saw === null || typeof saw !== 'object' || depth > 3) return [];
  return Object.values(saw).flatMap((one: unknown) => urlsIn(one, depth + 1));
}
