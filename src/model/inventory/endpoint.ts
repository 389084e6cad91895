import { Type, type Static } from '@sinclair/typebox';
import { startTlsProtocols } from '../facts/tls.ts';
import { closed, list, oneOf, portNumber, text } from '../schema.ts';
import { hostName, id } from './common.ts';

const serviceSchema = Type.Object(
  {
    port: portNumber,
    /** In nmap's words: `https`, `ssh`, `imaps`. */
    service: Type.Optional(text(64)),
    /** The service speaks TLS from the first byte. */
    tls: Type.Optional(Type.Boolean()),
    /** The service begins in clear and goes over to TLS at the upgrade command of this protocol; never beside `tls: true`. */
    startTls: Type.Optional(oneOf(startTlsProtocols)),
    purpose: Type.Optional(text(300)),
  },
  closed,
);

const endpointCommon = {
  /** Literal addresses that the name stands for; without them the resolver is asked at scan time. */
  addresses: Type.Optional(list(text(45), 64, { minItems: 1 })),
  /** Zones from which this endpoint is meant to be reached; absent: every zone. */
  zones: Type.Optional(list(id('zone'), 16, { minItems: 1 })),
  note: Type.Optional(text(1000)),
};
const webEndpoint = Type.Object(
  {
    kind: Type.Literal('web'),
    url: text(2048, { pattern: '^https?://' }),
    /** The unencrypted twin, where it is not the same host on port 80. */
    httpUrl: Type.Optional(text(2048, { pattern: '^http://' })),
    ...endpointCommon,
  },
  closed,
);
const hostEndpoint = Type.Object(
  {
    kind: Type.Literal('host'),
    /** Name or literal address. */
    host: hostName,
    /** Services declared in the dossier (NĐ 331 Đ22.3.d); whatever else answers is undeclared. */
    services: Type.Optional(list(serviceSchema, 1000)),
    ...endpointCommon,
  },
  closed,
);
const domainEndpoint = Type.Object(
  { kind: Type.Literal('domain'), domain: hostName, note: endpointCommon.note },
  closed,
);
const mailEndpoint = Type.Object(
  {
    kind: Type.Literal('mail'),
    domain: hostName,
    /** Selectors under which the domain publishes DKIM keys: they cannot be found out from outside. */
    dkimSelectors: Type.Optional(list(text(63, { minLength: 1 }), 20, { minItems: 1 })),
    note: endpointCommon.note,
  },
  closed,
);

/** The four kinds, told apart by `kind`. */
export const endpointSchemas = {
  web: webEndpoint,
  host: hostEndpoint,
  domain: domainEndpoint,
  mail: mailEndpoint,
} as const;
export type EndpointKind = keyof typeof endpointSchemas;
export type EndpointOf<K extends EndpointKind> = Readonly<Static<(typeof endpointSchemas)[K]>>;
export type Endpoint = { [K in EndpointKind]: EndpointOf<K> }[EndpointKind];
export const endpointSchema = Type.Unsafe<Endpoint>({
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: Object.values(endpointSchemas),
});
