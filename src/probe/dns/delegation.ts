import { FailureError } from '../../model/failure.ts';
import type { DnsFacts } from '../../model/facts/dns.ts';
import type { Asking } from './asking.ts';
import { lookUp, zoneOf } from './lookup.ts';
import { pick } from './message.ts';
import { parentOf } from './name.ts';
import { namesIn, serverNames } from './servers.ts';

/** Parents' servers that are tried until one answers. */
const mostTries = 4;

/**
 * What the servers of the zone above say that a zone's servers are. Throws FailureError where none of them may be asked or
 * answers: `not-permitted` of the last, or what it did.
 */
export async function askParent(asking: Asking, zone: string): Promise<NonNullable<DnsFacts['delegation']>> {
  const above = parentOf(zone);
  if (above === undefined) throw new FailureError('undecided', 'the root has no parent');
  const { zone: parent = above } = await zoneOf(asking, above);
  let last = new FailureError('dns', `the servers of ${parent} have no address`);
  let tries = 0;
  for (const name of await serverNames(asking, parent)) {
    const { addresses } = await lookUp(asking, name);
    for (const address of addresses) {
      if (tries >= mostTries) throw last;
      tries += 1;
      try {
        return { parent, ...(await referral(asking, zone, name, address)) };
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        last = error;
      }
    }
  }
  throw last;
}

async function referral(
  asking: Asking,
  zone: string,
  name: string,
  address: string,
): Promise<Omit<NonNullable<DnsFacts['delegation']>, 'parent'>> {
  const answer = await asking.server(address, name, { name: zone, type: 'NS' });
  const referred = pick(answer.authorities, 'NS', zone);
  if (answer.rcode === 'NOERROR' && !answer.authoritative && referred.length > 0) {
    const nameServers = namesIn(referred);
    const glue = [...pick(answer.additionals, 'A'), ...pick(answer.additionals, 'AAAA')]
      .filter((one) => nameServers.includes(one.name))
      .map((one) => ({ name: one.name, address: one.data }));
    return { nameServers, glue: glue.slice(0, 64) };
  }
  // A server of both zones answers for the child; what the parent's own data say cannot be seen there.
  throw new FailureError('undecided', `${name} (${address}) gives no referral for ${zone}`);
}
