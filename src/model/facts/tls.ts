import { Type, type Static } from '@sinclair/typebox';
import { closed, instant, list, oneOf, portNumber, text } from '../schema.ts';

/** Protocol versions by the names of our published contract, oldest first. */
export const tlsProtocols = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type TlsProtocol = (typeof tlsProtocols)[number];

export const suiteSchema = Type.Object(
  {
    /** IANA code point, `0xC02F` (SSLv2: three bytes, `0x010080`). */
    code: text(8, { pattern: '^0x([0-9A-F]{4}|[0-9A-F]{6})$' }),
    /** IANA name, `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`; `UNKNOWN_0x....` where the registry has none. */
    name: text(64),
  },
  closed,
);
export type Suite = Static<typeof suiteSchema>;

const protocolSchema = Type.Object(
  {
    /** A ServerHello of this version was seen (true), or the version was refused (false). */
    offered: Type.Boolean(),
    /** Suites accepted, in the order in which the server chose them. */
    suites: Type.Optional(list(suiteSchema, 512)),
    /** Present when the list of suites ended with the server's refusal, so that a suite not listed was refused. */
    complete: Type.Optional(Type.Literal(true)),
    /** Who decides among the suites that both sides know. */
    order: Type.Optional(oneOf(['server', 'client'])),
  },
  closed,
);
export type ProtocolFacts = Static<typeof protocolSchema>;

/** What one certificate says (RFC 5280), nothing judged. */
export const certificateSchema = Type.Object(
  {
    /** SHA-256 of the DER, 64 hexadecimal digits. */
    sha256: text(64),
    subject: text(1024),
    issuer: text(1024),
    serial: text(64),
    notBefore: instant(),
    notAfter: instant(),
    /** dNSName and iPAddress entries, lower case. */
    names: list(text(255), 1000),
    /** `rsa`, `ec`, `ed25519` ... as node:crypto names it. */
    keyType: text(32),
    /** Modulus or curve size in bits. */
    keyBits: Type.Optional(Type.Integer({ minimum: 0, maximum: 65536 })),
    /** `sha256WithRSAEncryption` ... */
    signature: Type.Optional(text(64)),
    isCa: Type.Boolean(),
    selfIssued: Type.Boolean(),
    /** The DER in base64, for whoever wants to judge it again. */
    der: Type.Optional(text(90_000)),
  },
  closed,
);
export type CertificateFacts = Static<typeof certificateSchema>;

/** Facts of one TLS service on one address. Key absent: not seen. */
export const tlsFacts = Type.Object(
  {
    port: portNumber,
    /** Server name that was asked for, absent when none was sent. */
    sni: Type.Optional(text(255)),
    protocols: Type.Object(
      {
        SSLv2: Type.Optional(protocolSchema),
        SSLv3: Type.Optional(protocolSchema),
        'TLSv1.0': Type.Optional(protocolSchema),
        'TLSv1.1': Type.Optional(protocolSchema),
        'TLSv1.2': Type.Optional(protocolSchema),
        'TLSv1.3': Type.Optional(protocolSchema),
      },
      closed,
    ),
    /** Chains as the server sends them, one for each kind of key it holds; the leaf is first. */
    chains: Type.Optional(list(list(certificateSchema, 20, { minItems: 1 }), 8)),
    /** A full handshake by node:tls against the bundled Mozilla roots and the added ones. */
    verified: Type.Optional(
      Type.Object(
        {
          trusted: Type.Boolean(),
          /** OpenSSL's word for what is wrong, `CERT_HAS_EXPIRED`, or null. */
          trustError: Type.Union([text(120), Type.Null()]),
          /** RFC 9525 match of the name or address that the endpoint is reached by. */
          nameMatches: Type.Boolean(),
          protocol: text(16),
        },
        closed,
      ),
    ),
    /** What ssl-checker, another reader, says of the same certificate. */
    secondOpinion: Type.Optional(
      Type.Object(
        { reader: text(40), valid: Type.Boolean(), notAfter: instant(), error: Type.Union([text(300), Type.Null()]) },
        closed,
      ),
    ),
  },
  closed,
);
export type TlsFacts = Static<typeof tlsFacts>;
