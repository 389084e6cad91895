import type { DnsFacts, NameServer } from '../../../model/facts/dns.ts';
import type { ObservationOf, Seen } from '../../../model/observation.ts';
import { message, type Message } from '../../../model/text.ts';
import { formatInstant } from '../../format.ts';
import { factRow, listed, type FactRow } from './fact-row.ts';

/** What a domain showed. */
export type RowsPanel = { readonly rows: readonly FactRow[] };

/** The panel of one look at a domain. */
export function dnsPanel({ facts }: ObservationOf<'dns'> & Seen<'dns'>): RowsPanel {
  const { caa, certificate, wildcard } = facts;
  return {
    rows: [
      factRow('dns-status', [facts.status, ...(facts.zone === undefined ? [] : [facts.zone])]),
      ...facts.lookups.map((lookup) => ({
        ...factRow(
          'dns-address',
          [[lookup.name, ...lookup.aliases, lookup.addresses.join(', ')].filter(Boolean).join(' → ')],
          [message(`owner.dns.end-${lookup.end}`)],
        ),
      })),
      listed('name-servers', facts.nameServers?.map(serverText)),
      factRow(
        'delegation',
        facts.delegation && [`${facts.delegation.parent}: ${facts.delegation.nameServers.join(', ')}`],
      ),
      dnssecRow(facts),
      listed(
        'caa',
        caa?.records.map(({ tag, value }) => `${tag} ${value}`),
      ),
      factRow(
        'dns-certificate',
        certificate && [[certificate.organisation, certificate.commonName].filter((one) => one !== null).join(', ')],
      ),
      factRow(
        'wildcard',
        undefined,
        wildcard === undefined ? [] : [message(`owner.dns.wildcard-${wildcard.found ? 'yes' : 'no'}`)],
      ),
    ],
  };
}

/** A domain in a few words. */
export function dnsDigest({ facts }: ObservationOf<'dns'> & Seen<'dns'>): readonly Message[] {
  return [
    ...(facts.nameServers === undefined ? [] : [message('owner.digest.name-servers', { n: facts.nameServers.length })]),
    ...(facts.dnssec === undefined ? [] : [message(`owner.digest.dnssec-${facts.dnssec.state}`)]),
    ...(facts.caa === undefined ? [] : [message(`owner.digest.caa-${facts.caa.at === null ? 'no' : 'yes'}`)]),
  ];
}

function serverText({ name, addresses, lookup }: NameServer): string {
  if (addresses.length === 0) return `${name} (${lookup})`;
  const each = addresses.map(
    ({ address, state, serial }) => `${address} ${state}${serial === undefined ? '' : ` ${serial}`}`,
  );
  return `${name}: ${each.join('; ')}`;
}

function dnssecRow({ dnssec }: DnsFacts): FactRow {
  if (dnssec === undefined) return factRow('dnssec', undefined);
  const { state, why, zone, expires, detail } = dnssec;
  const values = [why, zone, expires === undefined ? undefined : formatInstant(expires), detail].filter(
    (one) => one !== undefined,
  );
  return factRow('dnssec', values, [message(`owner.dns.dnssec-${state}`)]);
}
