import { Type, type Static } from '@sinclair/typebox';
import { failureCodes } from '../failure.ts';
import { closed, instant, list, oneOf, portNumber, text } from '../schema.ts';

/** Protocol versions by the names of our published contract, oldest first. */
export const tlsProtocols = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type TlsProtocol = (typeof tlsProtocols)[number];

/** Protocols that begin in clear and are asked to go on in TLS. */
export const startTlsProtocols = [
  'smtp',
  'lmtp',
  'imap',
  'pop3',
  'ftp',
  'ldap',
  'xmpp-client',
  'xmpp-server',
  'postgres',
  'mysql',
  'nntp',
  'sieve',
  'rdp',
] as const;
export type StartTls = (typeof startTlsProtocols)[number];

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
    /** SHA-256 of the SubjectPublicKeyInfo in DER, 64 hexadecimal digits: the same key in other certificates has the same. */
    keySha256: Type.Optional(text(64)),
    /** `sha256WithRSAEncryption` ... */
    signature: Type.Optional(text(64)),
    isCa: Type.Boolean(),
    selfIssued: Type.Boolean(),
    /** Certificate policy OIDs; 2.23.140.1.1 EV, .1.2.1 DV, .1.2.2 OV, .1.2.3 IV (CA/B Forum). */
    policies: Type.Optional(list(text(64), 50)),
    /** Signed certificate timestamps in the certificate (RFC 6962). */
    scts: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    /** TLS feature extension asking for a stapled answer (RFC 7633). */
    mustStaple: Type.Optional(Type.Boolean()),
    crlAddresses: Type.Optional(list(text(512), 20)),
    ocspAddresses: Type.Optional(list(text(512), 20)),
    issuerAddresses: Type.Optional(list(text(512), 20)),
    /** Bits by RFC 5280 name, `digitalSignature`; null: the extension is absent. */
    keyUsage: Type.Optional(Type.Union([list(text(32), 9), Type.Null()])),
    /** OIDs or `serverAuth`, `clientAuth`; null: the extension is absent. */
    extendedKeyUsage: Type.Optional(Type.Union([list(text(64), 20), Type.Null()])),
    /** Permitted and excluded subtrees as `dns:gov.vn`; null: none. */
    nameConstraints: Type.Optional(
      Type.Union([
        Type.Object({ permitted: list(text(255), 200), excluded: list(text(255), 200) }, closed),
        Type.Null(),
      ]),
    ),
    /** The DER in base64, for whoever wants to judge it again. */
    der: Type.Optional(text(90_000)),
  },
  closed,
);
export type CertificateFacts = Static<typeof certificateSchema>;

const namedCode = Type.Object(
  {
    /** IANA code point, `0x001D`. */
    code: text(6, { pattern: '^0x[0-9A-F]{4}$' }),
    /** IANA name, `x25519`, `X25519MLKEM768`, `rsa_pss_rsae_sha256`. */
    name: text(64),
  },
  closed,
);
export type NamedCode = Static<typeof namedCode>;

/** A set found by elimination: `complete` when what is not listed was refused. */
const eliminated = Type.Object(
  { supported: list(namedCode, 128), complete: Type.Optional(Type.Literal(true)) },
  closed,
);
export type Eliminated = Static<typeof eliminated>;
/** Versions at or under 1.2 share one answer, 1.3 has its own. */
const byEra = Type.Object({ 'TLSv1.2': Type.Optional(eliminated), 'TLSv1.3': Type.Optional(eliminated) }, closed);

/** Parameters of finite-field key exchange as the server sends them (ServerKeyExchange). */
const dhParameters = Type.Object(
  {
    protocol: oneOf(tlsProtocols),
    /** Bits of the prime. */
    bits: Type.Integer({ minimum: 1, maximum: 65_536 }),
    /** `RFC 3526 group 14`, `RFC 7919 ffdhe2048`, `Apache 1024` ...; null: a prime we do not know. */
    knownAs: Type.Union([text(64), Type.Null()]),
    /** SHA-256 of the prime, big-endian without leading zeros. */
    primeSha256: text(64),
    /** The suite was an EXPORT one. */
    export: Type.Boolean(),
  },
  closed,
);
export type DhParameters = Static<typeof dhParameters>;

/** What the server does beside versions and suites. Each key absent: not seen. */
const featureSchema = Type.Object(
  {
    /** Renegotiation_info is answered (RFC 5746). */
    secureRenegotiation: Type.Optional(Type.Boolean()),
    /** A renegotiation begun by the client is carried out. */
    clientRenegotiation: Type.Optional(Type.Boolean()),
    /** Compression methods accepted, `DEFLATE`; [] when all were refused. */
    compression: Type.Optional(list(text(16), 8)),
    /** TLS_FALLBACK_SCSV at a lower version is refused by inappropriate_fallback (RFC 7507). */
    fallbackScsv: Type.Optional(Type.Boolean()),
    /** RFC 7627. */
    extendedMasterSecret: Type.Optional(Type.Boolean()),
    /** RFC 7366. */
    encryptThenMac: Type.Optional(Type.Boolean()),
    /** Heartbeat extension answered (RFC 6520). */
    heartbeat: Type.Optional(Type.Boolean()),
    /** A session is resumed by its id, by a ticket (RFC 5077), by a TLS 1.3 PSK. */
    sessionIdResumption: Type.Optional(Type.Boolean()),
    ticketResumption: Type.Optional(Type.Boolean()),
    pskResumption: Type.Optional(Type.Boolean()),
    /** Lifetime hint of the ticket in seconds. */
    ticketLifetime: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
    /** Most bytes of 0-RTT data accepted (RFC 8446 4.2.10); 0: none. */
    earlyData: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
    /** Application protocols accepted, in our order of asking: `h2`, `http/1.1`. */
    alpn: Type.Optional(list(text(32), 16)),
    /** Hellos that a tolerant server answers and this one does not: `version-1.4`, `unknown-extension`, `grease`, `long-hello`. */
    intolerance: Type.Optional(list(text(32), 16)),
    /** The server's own choice of a name: null when it needs none. Absent: not asked without a name. */
    needsName: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type TlsFeatures = Static<typeof featureSchema>;

/** Answers to one safe question each about known faults of implementations; nothing that was read is kept. */
const faultSchema = Type.Object(
  {
    /** Heartbleed (CVE-2014-0160): a heartbeat longer than its record was answered. */
    heartbeatOverread: Type.Optional(Type.Boolean()),
    /** CCS injection (CVE-2014-0224): an early ChangeCipherSpec was accepted. */
    earlyChangeCipherSpec: Type.Optional(Type.Boolean()),
    /** Ticketbleed (CVE-2016-9244): a short session id came back longer. */
    ticketOverread: Type.Optional(Type.Boolean()),
    /** ROBOT: how the server's answers to wrong PKCS #1 paddings differ. */
    pkcs1Oracle: Type.Optional(oneOf(['none', 'weak', 'strong'])),
    /** POODLE over TLS: a CBC record with wrong padding was accepted. */
    cbcPaddingIgnored: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type TlsFaults = Static<typeof faultSchema>;

/** Trust of one chain by one store. */
const trustSchema = Type.Object(
  {
    /** SHA-256 of the leaf. */
    leaf: text(64),
    /** `mozilla`, or the file name of an added root. */
    store: text(255),
    trusted: Type.Boolean(),
    /** What is wrong, in OpenSSL's words or ours; null when trusted. */
    error: Type.Union([text(200), Type.Null()]),
    /** Subject of the root the path ends in; null when none. */
    anchor: Type.Union([text(1024), Type.Null()]),
  },
  closed,
);
export type TrustFacts = Static<typeof trustSchema>;

/** A stapled OCSP answer (RFC 6066, 6960), verified offline against the chain. */
const stapleSchema = Type.Object(
  {
    leaf: text(64),
    status: oneOf(['good', 'revoked', 'unknown', 'error']),
    thisUpdate: Type.Optional(instant()),
    nextUpdate: Type.Optional(instant()),
    /** Signed by the issuer or a responder that it delegated. */
    verified: Type.Boolean(),
  },
  closed,
);
export type StapleFacts = Static<typeof stapleSchema>;

/** Facts of one TLS service on one address. Key absent: not seen. */
export const tlsFacts = Type.Object(
  {
    port: portNumber,
    /** Server name that was asked for, absent when none was sent. */
    sni: Type.Optional(text(255)),
    /** Protocol whose upgrade command went before, absent for TLS from the first byte. */
    starttls: Type.Optional(oneOf(startTlsProtocols)),
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
    /** What each leaf's server sent when no name was given; absent when not asked. */
    chainsWithoutName: Type.Optional(list(list(certificateSchema, 20, { minItems: 1 }), 8)),
    groups: Type.Optional(byEra),
    signatureAlgorithms: Type.Optional(byEra),
    dh: Type.Optional(list(dhParameters, 16)),
    features: Type.Optional(featureSchema),
    faults: Type.Optional(faultSchema),
    trust: Type.Optional(list(trustSchema, 64)),
    /** [] when a staple was asked for and none came. */
    staples: Type.Optional(list(stapleSchema, 8)),
    clientCertificate: Type.Optional(
      Type.Object(
        {
          requested: Type.Boolean(),
          /** The handshake fails without one. */
          required: Type.Optional(Type.Boolean()),
          /** Subjects of the authorities accepted. */
          authorities: list(text(1024), 200),
        },
        closed,
      ),
    ),
    /** How the service answers the hellos that are sent for its suites; another value, another software or configuration. */
    fingerprint: Type.Optional(
      Type.Object(
        {
          /** `rs1:`, 32 hexadecimal digits of how it answers, `:`, 16 of the suites that it accepts. */
          value: text(64, { pattern: '^rs1:[0-9a-f]{32}:[0-9a-f]{16}$' }),
          /** What the first digits stand for, one version each, so that a change can be read. */
          parts: list(text(200), 8),
        },
        closed,
      ),
    ),
    /** JARM of this service: 62 hexadecimal digits. Asked for only on demand, for it costs ten connections. */
    jarm: Type.Optional(text(62)),
    /** Questions that got no answer although the service had answered others, by why; absent when every one got one. */
    cutShort: Type.Optional(
      list(
        Type.Object({ code: oneOf(failureCodes), questions: Type.Integer({ minimum: 1, maximum: 10_000 }) }, closed),
        failureCodes.length,
      ),
    ),
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
