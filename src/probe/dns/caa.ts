import { FailureError } from '../../model/failure.ts';
import type { DnsFacts } from '../../model/facts/dns.ts';
import type { Asking } from './asking.ts';
import { isAnswer } from './lookup.ts';
import { pick } from './message.ts';
import { parentOf } from './name.ts';

/** Climbs from the domain to the top-level domain until a name has CAA records (RFC 8659, 3), aliases followed. */
export async function findCaa(asking: Asking, domain: string): Promise<NonNullable<DnsFacts['caa']>> {
  for (let at: string | undefined = domain; at !== undefined && at !== '.'; at = parentOf(at)) {
    const answer = await asking.resolve(at, 'CAA');
    if (!isAnswer(answer)) throw new FailureError('dns', `the resolver answers ${answer.rcode} for CAA of ${at}`);
    const found = pick(answer.answers, 'CAA');
    if (found.length === 0) continue;
    const records = found.slice(0, 32).map(({ data }) => ({
      critical: ((data.flags ?? 0) & 128) !== 0,
      tag: data.tag.toLowerCase().slice(0, 64),
      value: data.value.slice(0, 512),
    }));
    return { at, records };
  }
  return { at: null, records: [] };
}
