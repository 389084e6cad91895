import { Type, type Static } from '@sinclair/typebox';
import { failureSchema } from '../failure.ts';
import { closed, list, oneOf, portNumber, text } from '../schema.ts';
import { tlsFacts } from './tls.ts';

/** Types of records that mail rests on. */
export const mailRecordTypes = ['A', 'AAAA', 'MX', 'PTR', 'TLSA', 'TXT'] as const;
export type MailRecordType = (typeof mailRecordTypes)[number];

/** One question to the resolver and what came back, nothing judged. */
export const mailAnswerSchema = Type.Object(
  {
    /** Name asked, lower case, without its last dot. */
    name: text(255),
    type: oneOf(mailRecordTypes),
    /** `no-data`: the name has no such record; `no-name`: NXDOMAIN; `failed`: see `failure`. */
    outcome: oneOf(['found', 'no-data', 'no-name', 'failed']),
    /**
     * Records in the words of a zone file: `192.0.2.1`, `10 mx.example` (null MX: `0 .`), `3 1 1 AB12...`, a name. The
     * strings of a TXT record are joined, one character a byte.
     */
    values: list(text(4096), 64),
    /** There were more records, or longer ones, than we keep. */
    cut: Type.Optional(Type.Literal(true)),
    /** The name that the records belong to, where aliases led there from another. */
    canonical: Type.Optional(text(255)),
    /** What validating the signatures gave (RFC 4035 section 4.3); absent: not validated. */
    dnssec: Type.Optional(oneOf(['secure', 'insecure', 'bogus'])),
    failure: Type.Optional(failureSchema),
  },
  closed,
);
export type MailAnswer = Static<typeof mailAnswerSchema>;

/** One mail exchanger on one address. Key absent: not seen. */
export const mailServerSchema = Type.Object(
  {
    host: text(255),
    address: text(45),
    port: portNumber,
    /** Why the conversation did not come about or broke off. */
    failure: Type.Optional(failureSchema),
    /** Code and lines of the greeting. */
    greeting: Type.Optional(text(1024)),
    /** Lines of the answer to EHLO: the server's name, then what it can do. */
    hello: Type.Optional(list(text(512), 64)),
    /** What the TLS prober saw after STARTTLS. */
    tls: Type.Optional(tlsFacts),
    tlsFailure: Type.Optional(failureSchema),
  },
  closed,
);
export type MailServer = Static<typeof mailServerSchema>;

/** The one GET for the MTA-STS policy (RFC 8461 section 3.3); redirects are not followed. */
export const policyFetchSchema = Type.Object(
  {
    url: text(512),
    address: Type.Optional(text(45)),
    /** The full handshake, against Mozilla's roots and the added ones. */
    certificate: Type.Optional(
      Type.Object(
        {
          trusted: Type.Boolean(),
          /** OpenSSL's word for what is wrong, or null. */
          trustError: Type.Union([text(120), Type.Null()]),
          nameMatches: Type.Boolean(),
        },
        closed,
      ),
    ),
    status: Type.Optional(Type.Integer({ minimum: 100, maximum: 999 })),
    contentType: Type.Optional(Type.Union([text(256), Type.Null()])),
    /** As sent, one character a byte. */
    body: Type.Optional(text(65_536)),
    /** The body was longer than we read, or broke off. */
    cut: Type.Optional(Type.Literal(true)),
    failure: Type.Optional(failureSchema),
  },
  closed,
);
export type PolicyFetch = Static<typeof policyFetchSchema>;

/** Facts of one mail domain: answers of the resolver, its mail exchangers in scope, and its MTA-STS policy. */
export const mailFacts = Type.Object(
  {
    domain: text(255),
    /** DKIM selectors that were tried: those that the inventory declares, then common ones. */
    selectors: list(text(63), 64),
    /** How many of them, from the front, are declared. */
    declaredSelectors: Type.Integer({ minimum: 0, maximum: 64 }),
    /** Every question asked, in order. */
    answers: list(mailAnswerSchema, 400),
    /** Questions that the answers called for and that were not asked, because there were too many. */
    leftOut: Type.Integer({ minimum: 0 }),
    servers: list(mailServerSchema, 8),
    /** Absent when there is no `_mta-sts` record to fetch it for. */
    policy: Type.Optional(policyFetchSchema),
  },
  closed,
);
export type MailFacts = Static<typeof mailFacts>;
