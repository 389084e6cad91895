import { Type, type Static } from '@sinclair/typebox';
import type { MailFacts } from '../../model/facts/mail.ts';
import { closed, text } from '../../model/schema.ts';
import { mailContext } from './mail-context.ts';
import { daneViews, describeDane } from './mail-dane.ts';
import { deliveryView, describeDelivery } from './mail-delivery.ts';
import { describeDkim, dkimViews } from './mail-dkim.ts';
import { describeDmarc, dmarcViews } from './mail-dmarc.ts';
import { describeServers, serversView } from './mail-servers.ts';
import { describeSpf, spfViews } from './mail-spf.ts';
import { describeSts, stsViews } from './mail-sts.ts';
import type { Derived, ViewContext } from './view.ts';

/** Facts of a mail domain as checks read them. Key absent: not seen; null, false or []: seen to be absent. */
export const mailView = Type.Object(
  {
    domain: text(255),
    ...deliveryView.properties,
    ...serversView.properties,
    ...spfViews.properties,
    ...dkimViews.properties,
    ...dmarcViews.properties,
    ...stsViews.properties,
    ...daneViews.properties,
  },
  closed,
);
export type MailView = Static<typeof mailView>;

/** Derives the view of one mail domain; pure. */
export function deriveMail(facts: MailFacts, context: ViewContext): Derived<MailView> {
  const mail = mailContext(facts, context);
  const parts = [
    describeDelivery(mail),
    describeServers(mail),
    describeSpf(mail),
    describeDkim(mail),
    describeDmarc(mail),
    describeSts(mail),
    describeDane(mail),
  ];
  return {
    view: Object.assign({ domain: facts.domain }, ...parts.map(({ view }) => view)) as MailView,
    unseen: parts.flatMap(({ unseen }) => unseen),
  };
}
