import type { MailFacts } from '../../src/model/facts/mail.ts';
import { domain, goodPolicy, goodZone, mailFactsOf, server } from '../mail/given.ts';
import type { Zone } from '../mail/zone.ts';
import type { AnchorRule } from './rule.ts';

/** A rule of Internet.nl's mail test, with a case where we ask the question too. */
export type MailRow = AnchorRule<MailFacts | null>;

/** The good domain of the tests with some records changed. */
export const zone = (changes: Zone, rest: Partial<MailFacts> = {}): MailFacts =>
  mailFactsOf({ ...goodZone, ...changes }, { servers: [server()], policy: goodPolicy, ...rest });
export const txt = (record: string | readonly string[]) => ({ TXT: [record].flat() });
export const root = (changes: Zone[string]) => ({ [domain]: { ...goodZone[domain], ...changes } });

/** A domain that uses no mail and says so. */
export const unused: Zone = {
  [domain]: { MX: ['0 .'], ...txt('v=spf1 -all') },
  [`_dmarc.${domain}`]: txt('v=DMARC1; p=reject'),
};
export const noRow = { check: null, given: null, ours: null } as const;
