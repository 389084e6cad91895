import { FailureError } from '../../model/failure.ts';
import type { MailFacts } from '../../model/facts/mail.ts';
import { pick } from '../dns/message.ts';
import type { Resolver } from '../dns/resolver.ts';
import type { Probe } from '../wire/wire.ts';

/** Looks at one mail domain through our resolver. */
export function createMailProbe({ resolver }: { readonly resolver: Resolver }): Probe<MailFacts> {
  return {
    id: 'mail/1',
    observe: async ({ target, signal }) => {
      const { name = '' } = target;
      const answer = await resolver.ask(name, 'MX', signal);
      if (answer.rcode !== 'NOERROR' && answer.rcode !== 'NXDOMAIN') {
        throw new FailureError('dns', `the resolver answers ${answer.rcode} for the MX of ${name}`);
      }
      const mx = pick(answer.answers, 'MX')
        .map(({ data }) => ({ preference: data.preference ?? 0, exchange: data.exchange.slice(0, 255) }))
        .toSorted((a, b) => a.preference - b.preference)
        .slice(0, 64);
      return { mx };
    },
  };
}
