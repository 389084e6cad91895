import { FailureError } from '../../model/failure.ts';
import type { NameServer, ServerAddress } from '../../model/facts/dns.ts';
import type { Asking } from './asking.ts';
import { lookUp } from './lookup.ts';
import { pick } from './message.ts';
import { canonicalName } from './name.ts';
import { askTransfer } from './transfer.ts';

const mostServers = 16;
const mostAddresses = 6;

/** The names of a zone's servers, by the resolver. */
export async function serverNames(asking: Asking, zone: string): Promise<readonly string[]> {
  const answer = await asking.resolve(zone, 'NS');
  return namesIn(pick(answer.answers, 'NS', zone));
}

/** NS records as sorted names, each once. */
export function namesIn(records: readonly { readonly data: string }[]): string[] {
  return [...new Set(records.map(({ data }) => canonicalName(data).slice(0, 255)))].sort().slice(0, 32);
}

type Glue = readonly { readonly name: string; readonly address: string }[];

/**
 * Asks every server of a zone, on every address, that may be asked. Where a zone is dead its servers' own names do not
 * resolve either; `glue` is then what the parent knows them by.
 */
export async function interviewServers(
  asking: Asking,
  zone: string,
  names: readonly string[],
  glue: Glue,
): Promise<NameServer[]> {
  return Promise.all(
    names.slice(0, mostServers).map(async (name): Promise<NameServer> => {
      const { end, addresses } = await lookUp(asking, name);
      const known = end === 'failed' ? glue.filter((one) => one.name === name).map((one) => one.address) : addresses;
      const lookup = known.length > 0 ? 'found' : end === 'nodata' || end === 'nxdomain' ? end : 'failed';
      const asked = known.slice(0, mostAddresses);
      return { name, lookup, addresses: await Promise.all(asked.map((one) => interview(asking, zone, name, one))) };
    }),
  );
}

async function interview(asking: Asking, zone: string, name: string, address: string): Promise<ServerAddress> {
  const first = await standing(asking, zone, name, address);
  if (['silent', 'closed', 'not-permitted', 'failed'].includes(first.state)) return first;
  const [nameServers, recursion, transfer, version] = await Promise.all([
    first.state === 'answers' ? perhaps(() => tellServers(asking, zone, name, address)) : undefined,
    perhaps(() => recurses(asking, name, address)),
    first.state === 'answers' ? perhaps(() => askTransfer(asking, zone, name, address)) : undefined,
    perhaps(() => versionOf(asking, name, address)),
  ]);
  return {
    ...first,
    ...(nameServers === undefined ? {} : { nameServers }),
    ...(recursion === undefined ? {} : { recursion }),
    ...(transfer === undefined ? {} : { transfer }),
    ...(version === undefined ? {} : { version }),
  };
}

async function standing(asking: Asking, zone: string, name: string, address: string): Promise<ServerAddress> {
  try {
    const answer = await asking.server(address, name, { name: zone, type: 'SOA' });
    const [soa] = pick(answer.answers, 'SOA', zone);
    if (answer.rcode === 'REFUSED') return { address, state: 'refused' };
    if (answer.rcode === 'SERVFAIL') return { address, state: 'servfail' };
    if (answer.rcode !== 'NOERROR') return { address, state: 'other', detail: answer.rcode };
    if (!answer.authoritative || soa === undefined) return { address, state: 'not-authoritative' };
    return { address, state: 'answers', ...(soa.data.serial === undefined ? {} : { serial: soa.data.serial }) };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { code, detail } = error.failure;
    const state =
      code === 'timeout' ? 'silent' : code === 'refused' ? 'closed' : code === 'not-permitted' ? code : 'failed';
    return { address, state, detail: detail.slice(0, 300) };
  }
}

async function tellServers(asking: Asking, zone: string, name: string, address: string): Promise<string[]> {
  const answer = await asking.server(address, name, { name: zone, type: 'NS' });
  return namesIn(pick(answer.answers, 'NS', zone));
}

/** Asked about the root, which is nobody's here: an answer without authority can only come from recursion or its cache. */
async function recurses(asking: Asking, name: string, address: string): Promise<boolean> {
  const answer = await asking.server(address, name, { name: '.', type: 'SOA' }, { recursion: true });
  return answer.rcode === 'NOERROR' && answer.recursionAvailable && !answer.authoritative && answer.answers.length > 0;
}

async function versionOf(asking: Asking, name: string, address: string): Promise<string | null> {
  const answer = await asking.server(address, name, { name: 'version.bind', type: 'TXT', class: 'CH' }, { once: true });
  const [told] = pick(answer.answers, 'TXT');
  if (told === undefined) return null;
  const text = Buffer.concat([...told.data])
    .toString('latin1')
    .slice(0, 256);
  return text === '' ? null : text;
}

/** What one question brought; undefined where it was not answered. */
async function perhaps<T>(question: () => Promise<T>): Promise<T | undefined> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}
