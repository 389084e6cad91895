import { Type, type Static, type TObject } from '@sinclair/typebox';
import type { DnsFacts, Lookup } from '../../model/facts/dns.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { seen, unseen, type Part } from './part.ts';

const name = text(255);

/** Where the domain's names lead, as checks read it. */
export const namesView = {
  /** The domain is a name below `gov.vn`. */
  belowGovVn: Type.Boolean(),
  /** The resolver knows the domain. */
  exists: Type.Optional(Type.Boolean()),
  /** Addresses of the domain and of `www` below it, by family. */
  ipv4: Type.Optional(Type.Boolean()),
  ipv6: Type.Optional(Type.Boolean()),
  /** Aliases whose end does not exist. `provider`: it lies in a cloud where anybody may register names. */
  dangling: Type.Optional(
    list(Type.Object({ name, target: name, provider: Type.Union([text(64), Type.Null()]) }, closed), 2),
  ),
  /** Aliases that lead in a circle, or through more names than resolvers follow. */
  endless: Type.Optional(list(Type.Object({ name, end: oneOf(['loop', 'too-long']) }, closed), 2)),
  /** The name where the zone begins is an alias. */
  apexAlias: Type.Optional(Type.Boolean()),
  /** Every name that was not made has addresses. */
  wildcard: Type.Optional(Type.Boolean()),
};
type NamesView = Static<TObject<typeof namesView>>;
type Parts = { readonly [K in keyof Required<NamesView>]: Part<NonNullable<NamesView[K]>> };

/** Suffixes under which whoever asks first gets a name that was given up. A hint for the reader, no verdict. */
const providers = [
  'azurewebsites.net',
  'cloudapp.net',
  'cloudapp.azure.com',
  'azureedge.net',
  'azurefd.net',
  'blob.core.windows.net',
  'trafficmanager.net',
  's3.amazonaws.com',
  'elasticbeanstalk.com',
  'cloudfront.net',
  'herokuapp.com',
  'herokudns.com',
  'github.io',
  'gitlab.io',
  'netlify.app',
  'vercel.app',
  'pages.dev',
  'web.app',
  'firebaseapp.com',
  'wordpress.com',
  'blogspot.com',
  'fastly.net',
  'shopify.com',
  'zendesk.com',
] as const;

/** Derives where the names lead; pure. */
export function namesOf(facts: DnsFacts, gap: (part: 'wildcard') => Failure): Parts {
  const { domain, zone, status, lookups, wildcard } = facts;
  const failed = lookups.find(({ end }) => end === 'failed');
  const whole = <T>(value: T, found: boolean): Part<T> => {
    if (found) return seen(value);
    if (lookups.length === 0) return unseen(failure('dns', `the resolver answers ${status} for ${domain}`));
    return failed === undefined
      ? seen(value)
      : unseen(failure('dns', failed.detail ?? `${failed.name} was not resolved`));
  };
  const dangling = lookups.flatMap(danglingOf);
  const endless = lookups.flatMap(({ name: from, end }) =>
    end === 'loop' || end === 'too-long' ? [{ name: from, end }] : [],
  );
  const addresses = lookups.flatMap((one) => one.addresses);
  const [ipv4, ipv6] = [
    addresses.some((one) => one.includes('.') && !one.includes(':')),
    addresses.some((one) => one.includes(':')),
  ];
  const apexAlias = domain === zone && (lookups[0]?.aliases.length ?? 0) > 0;
  return {
    belowGovVn: seen(domain.endsWith('.gov.vn')),
    exists: existsOf(status, domain),
    ipv4: whole(ipv4, ipv4),
    ipv6: whole(ipv6, ipv6),
    dangling: whole(dangling, dangling.length > 0),
    endless: whole(endless, endless.length > 0),
    apexAlias: whole(apexAlias, apexAlias),
    wildcard: wildcard === undefined ? unseen(gap('wildcard')) : seen(wildcard.found),
  };
}

function existsOf(status: string, domain: string): Part<boolean> {
  if (status === 'NOERROR') return seen(true);
  if (status === 'NXDOMAIN') return seen(false);
  return unseen(failure('dns', `the resolver answers ${status} for ${domain}`));
}

function danglingOf({ name: from, end, aliases }: Lookup) {
  const target = aliases.at(-1);
  if (end !== 'nxdomain' || target === undefined) return [];
  const provider = providers.find((suffix) => target.endsWith(`.${suffix}`)) ?? null;
  return [{ name: from, target, provider }];
}
