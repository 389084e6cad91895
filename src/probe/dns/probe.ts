import { FailureError } from '../../model/failure.ts';
import type { DnsFacts } from '../../model/facts/dns.ts';
import type { Probe } from '../wire/wire.ts';
import { pick } from './message.ts';
import type { Resolver } from './resolver.ts';

/** Looks at one domain through our resolver. */
export function createDnsProbe({ resolver }: { readonly resolver: Resolver }): Probe<DnsFacts> {
  return {
    id: 'dns/1',
    observe: async ({ target, signal }) => {
      const { name = '' } = target;
      const answer = await resolver.ask(name, 'NS', signal);
      if (answer.rcode !== 'NOERROR') throw new FailureError('dns', `the resolver answers ${answer.rcode} for ${name}`);
      return { nameServers: pick(answer.answers, 'NS', name).map(({ data }) => data.slice(0, 255)) };
    },
  };
}
