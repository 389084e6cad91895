import { tls13Groups } from '../registry/groups.ts';
import type { SeenVersion } from '../seen.ts';
import { agreeableGroups } from '../tls13/key-agreement.ts';
import { cursorOf, left, readUint, readVector } from '../wire/bytes.ts';
import type { Ask } from './asker.ts';
import { begin, close, isOpen, isRefusal, strike, sureOf, type Elimination } from './elimination.ts';

/** Connections at most. */
const most = 32;

/**
 * The groups at TLS 1.3: those that the server itself lists in EncryptedExtensions (`listed`), then what a
 * HelloRetryRequest names of the rest, until the rest is refused. No key of ours is needed for any of it.
 */
export async function surveyGroups13(ask: Ask, version: SeenVersion, listed: readonly number[]): Promise<Elimination> {
  const { hello } = version.first;
  let groups = begin(tls13Groups, [...(hello.group === undefined ? [] : [hello.group]), ...listed]);
  // A server that did not ask for a retry took the one share that was sent; it would not name the rest.
  if (!hello.retry) return groups;
  const put = (codes: readonly number[]) => ask('TLSv1.3', version.suites, { groups: codes });
  for (let asked = 0; asked < most && isOpen(groups); asked += 1) {
    const offer = groups.remaining;
    const answer = await sureOf(
      await put(offer),
      () => put(groups.accepted),
      () => put(offer),
    );
    if (isRefusal(answer) || answer.kind === 'closed') return close(groups);
    if (answer.kind !== 'hello' || answer.hello.version !== 0x0304 || answer.hello.group === undefined) return groups;
    groups = strike(groups, answer.hello.group);
  }
  return groups;
}

/**
 * A group in which a server tells its whole list: one that it has and would not choose itself, for OpenSSL lists its
 * groups only to clients that did not find its favourite.
 */
export function tellingGroup({ first }: SeenVersion): number {
  const favourite = first.hello.group;
  return [0x0017, 0x001d, ...agreeableGroups].find((group) => group !== favourite) ?? 0x0017;
}

/** supported_groups of EncryptedExtensions; [] when it is none. */
export function listedGroups(body: Buffer | undefined): number[] {
  if (body === undefined) return [];
  const outer = cursorOf(body);
  const list = cursorOf(readVector(outer, 2));
  const groups: number[] = [];
  while (left(list) > 0 && groups.length < 128) groups.push(readUint(list, 2));
  return outer.overrun || list.overrun ? [] : groups;
}
