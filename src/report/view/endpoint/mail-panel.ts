import type { MailAnswer, MailFacts, MailServer } from '../../../model/facts/mail.ts';
import { tlsProtocols } from '../../../model/facts/tls.ts';
import type { ObservationOf, Seen } from '../../../model/observation.ts';
import { message, type Message } from '../../../model/text.ts';
import { formatDay } from '../../format.ts';
import type { RowsPanel } from './dns-panel.ts';
import { factRow, listed } from './fact-row.ts';
import { failureWord } from '../unseen.ts';

/** The panel of one look at a mail domain. */
export function mailPanel({ facts }: ObservationOf<'mail'> & Seen<'mail'>): RowsPanel {
  const { domain, policy } = facts;
  const dkim = facts.answers.filter(({ name }) => name.endsWith(`._domainkey.${domain}`));
  const dane = facts.answers.filter(({ type }) => type === 'TLSA');
  return {
    rows: [
      listed('mx', valuesOf(facts, domain, 'MX')),
      listed(
        'spf',
        valuesOf(facts, domain, 'TXT')?.filter((one) => /^v=spf1\b/i.test(one)),
      ),
      listed('dmarc', valuesOf(facts, `_dmarc.${domain}`, 'TXT')),
      listed(
        'dkim',
        found(dkim)?.map(
          ({ name, values }) => `${name.slice(0, -`._domainkey.${domain}`.length)}: ${values.join(' ')}`,
        ),
      ),
      listed('mta-sts', valuesOf(facts, `_mta-sts.${domain}`, 'TXT')),
      ...(policy === undefined
        ? []
        : [
            factRow(
              'mta-sts-policy',
              policy.body === undefined ? [] : [policy.body.replaceAll(/\s+/g, ' ')],
              policy.failure === undefined ? [] : [failureWord(policy.failure.code)],
            ),
          ]),
      listed('tls-rpt', valuesOf(facts, `_smtp._tls.${domain}`, 'TXT')),
      listed(
        'dane',
        found(dane)?.flatMap(({ name, values }) => values.map((one) => `${name} ${one}`)),
      ),
      ...facts.servers.map((server) => factRow('mail-server', [serverText(server)], serverSaid(server))),
    ],
  };
}

/** A mail domain in a few words. */
export function mailDigest({ facts }: ObservationOf<'mail'> & Seen<'mail'>): readonly Message[] {
  const { domain } = facts;
  const exchangers = valuesOf(facts, domain, 'MX');
  const has = (key: string, values: readonly string[] | undefined) =>
    values === undefined ? [] : [message(`owner.digest.${key}-${values.length > 0 ? 'yes' : 'no'}`)];
  return [
    ...(exchangers === undefined ? [] : [message('owner.digest.mx', { n: exchangers.length })]),
    ...has(
      'spf',
      valuesOf(facts, domain, 'TXT')?.filter((one) => /^v=spf1\b/i.test(one)),
    ),
    ...has('dmarc', valuesOf(facts, `_dmarc.${domain}`, 'TXT')),
  ];
}

/** Undefined where the question failed or was not asked; empty where there is no such record. */
function valuesOf({ answers }: MailFacts, name: string, type: string): readonly string[] | undefined {
  const own = answers.filter((one) => one.name === name.toLowerCase() && one.type === type);
  return found(own)?.flatMap(({ values }) => values);
}

function found(answers: readonly MailAnswer[]): readonly MailAnswer[] | undefined {
  const told = answers.filter(({ outcome }) => outcome !== 'failed');
  if (told.length === 0) return undefined;
  return told.filter(({ values }) => values.length > 0);
}

function serverText({ host, address, port }: MailServer): string {
  return `${host} [${address}]:${port}`;
}

function serverSaid({ failure, tls, tlsFailure, hello }: MailServer): readonly Message[] {
  if (failure !== undefined) return [failureWord(failure.code)];
  if (tls === undefined) {
    if (tlsFailure !== undefined) return [failureWord(tlsFailure.code)];
    return hello === undefined ? [] : [message('owner.mail.no-starttls')];
  }
  const offered = tlsProtocols.filter((name) => tls.protocols[name]?.offered === true).join(', ');
  const leaf = tls.chains?.[0]?.[0];
  return [
    message('owner.mail.starttls', { versions: offered }),
    ...(leaf === undefined
      ? []
      : [message('owner.digest.certificate', { day: formatDay(leaf.notAfter.slice(0, 10)) })]),
  ];
}
