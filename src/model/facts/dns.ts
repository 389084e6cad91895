import { Type, type Static } from '@sinclair/typebox';
import { failureSchema } from '../failure.ts';
import { closed, instant, list, oneOf, text } from '../schema.ts';

const name = text(255);
const address = text(45);
const number = (maximum: number) => Type.Integer({ minimum: 0, maximum });

/** Where a name leads, as the resolver tells. */
const lookupSchema = Type.Object(
  {
    name,
    /** `found`: it has addresses; `nodata`: the last name stands and has none; `failed`: the resolver could not say. */
    end: oneOf(['found', 'nodata', 'nxdomain', 'loop', 'too-long', 'failed']),
    /** The aliases in their order, the last one being the name that was looked at in the end. */
    aliases: list(name, 12),
    addresses: list(address, 64),
    detail: Type.Optional(text(300)),
  },
  closed,
);
export type Lookup = Static<typeof lookupSchema>;

/** How one address of a name server stands to the zone. */
export const serverStates = [
  'answers',
  'not-authoritative',
  'refused',
  'servfail',
  'other',
  'silent',
  'closed',
  'not-permitted',
  'failed',
] as const;

/** One address of one name server, asked about the zone. What is absent was not seen. */
const serverAddressSchema = Type.Object(
  {
    address,
    /**
     * `answers` with authority; `not-authoritative` answers without it; `refused` and `servfail` are DNS answers; `closed`
     * the port is; `silent` no answer came; `not-permitted` no document covers it, nothing was sent.
     */
    state: oneOf(serverStates),
    detail: Type.Optional(text(300)),
    serial: Type.Optional(number(0xffff_ffff)),
    /** The zone's name servers as this one tells them. */
    nameServers: Type.Optional(list(name, 32)),
    /** It answered a question about a zone that is not its own, with recursion. */
    recursion: Type.Optional(Type.Boolean()),
    /** What a request for the whole zone got; of an allowed one only the head of the answer was read. */
    transfer: Type.Optional(oneOf(['allowed', 'refused', 'closed'])),
    /** What `version.bind` tells; null: nothing. */
    version: Type.Optional(Type.Union([text(256), Type.Null()])),
  },
  closed,
);
export type ServerAddress = Static<typeof serverAddressSchema>;

const nameServerSchema = Type.Object(
  {
    name,
    /** Why it has no address, where it has none. */
    lookup: oneOf(['found', 'nodata', 'nxdomain', 'failed']),
    addresses: list(serverAddressSchema, 16),
  },
  closed,
);
export type NameServer = Static<typeof nameServerSchema>;

/** One zone of the chain of signatures. */
const linkSchema = Type.Object(
  {
    zone: name,
    /** What the parent holds (for the root: our anchors). */
    ds: list(Type.Object({ keyTag: number(0xffff), algorithm: number(255), digestType: number(255) }, closed), 16),
    keys: list(
      Type.Object(
        {
          keyTag: number(0xffff),
          algorithm: number(255),
          /** A key that a DS may name (SEP). */
          entryPoint: Type.Boolean(),
          /** Bits of an RSA modulus. */
          bits: Type.Optional(number(100_000)),
        },
        closed,
      ),
      32,
    ),
  },
  closed,
);

/** RFC 4033, 5, by our own validation. */
const dnssecSchema = Type.Object(
  {
    state: oneOf(['secure', 'insecure', 'bogus', 'indeterminate']),
    /** The zone where a chain that is not secure ends or broke. */
    zone: Type.Optional(name),
    why: Type.Optional(
      oneOf([
        'unsigned',
        'expired',
        'not-yet-valid',
        'no-key',
        'bad-signature',
        'algorithm',
        'ds-mismatch',
        'missing-keys',
        'missing-proof',
        'nxdomain',
        'nodata',
        'cut',
        'opt-out',
        'too-costly',
      ]),
    ),
    detail: Type.Optional(text(300)),
    links: list(linkSchema, 16),
    /** The first of the zone's signatures seen to run out. */
    expires: Type.Optional(instant()),
    /** Parameters of NSEC3; null: the zone denies by NSEC. */
    nsec3: Type.Optional(
      Type.Union([Type.Object({ iterations: number(0xffff), saltBytes: number(255) }, closed), Type.Null()]),
    ),
  },
  closed,
);
export type DnssecFacts = Static<typeof dnssecSchema>;

/** Parts that may be missing though the domain was looked at. */
export const dnsParts = ['nameServers', 'delegation', 'dnssec', 'caa', 'certificate', 'wildcard'] as const;

/** Facts of one domain, by the scan's resolver and by those name servers of its zone that may be asked. */
export const dnsFacts = Type.Object(
  {
    domain: name,
    /** What the resolver answers for the domain: `NOERROR`, `NXDOMAIN`, `SERVFAIL` ... */
    status: text(16),
    /** The zone that holds it. */
    zone: Type.Optional(name),
    /** The domain itself, then `www` below it. */
    lookups: list(lookupSchema, 2),
    nameServers: Type.Optional(list(nameServerSchema, 16)),
    /** The name servers that the parent zone's servers give. */
    delegation: Type.Optional(
      Type.Object(
        {
          parent: name,
          nameServers: list(name, 32),
          /** Addresses that came along for servers below the zone itself. */
          glue: list(Type.Object({ name, address }, closed), 64),
        },
        closed,
      ),
    ),
    dnssec: Type.Optional(dnssecSchema),
    /** The nearest name up the tree that carries CAA records (RFC 8659, 3); `at` null: none does. */
    caa: Type.Optional(
      Type.Object(
        {
          at: Type.Union([name, Type.Null()]),
          records: list(Type.Object({ critical: Type.Boolean(), tag: text(64), value: text(512) }, closed), 32),
        },
        closed,
      ),
    ),
    /** Issuer of the certificate that the domain's own web address shows. */
    certificate: Type.Optional(
      Type.Object(
        {
          address,
          organisation: Type.Union([text(256), Type.Null()]),
          commonName: Type.Union([text(256), Type.Null()]),
          /** The domain is covered by a `*` alone. */
          byWildcard: Type.Boolean(),
          selfSigned: Type.Boolean(),
        },
        closed,
      ),
    ),
    /** A name made up at random, below the domain, and whether it has addresses. */
    wildcard: Type.Optional(Type.Object({ asked: name, found: Type.Boolean() }, closed)),
    gaps: list(Type.Object({ part: oneOf(dnsParts), failure: failureSchema }, closed), dnsParts.length),
    /** Queries sent, and those that the bound of one domain left out. */
    queries: Type.Object({ resolver: number(10_000), servers: number(10_000), leftOut: number(10_000) }, closed),
  },
  closed,
);
export type DnsFacts = Static<typeof dnsFacts>;
