import { Type } from '@sinclair/typebox';
import { startTlsProtocols } from './facts/tls.ts';
import { endpointSchema } from './inventory/endpoint.ts';
import { closed, list, oneOf, portNumber, text } from './schema.ts';
import { targetKinds } from './target.ts';

const address = text(45, { minLength: 2 });
export const targetKeySchema = text(2200, { minLength: 1 });

/** A target as machines tell each other of it: without what only judging needs. */
export const targetSchema = Type.Object(
  {
    key: targetKeySchema,
    kind: oneOf(targetKinds),
    system: text(80),
    endpoint: endpointSchema,
    name: Type.Optional(text(253)),
    address: Type.Optional(address),
    siblings: Type.Optional(list(address, 64)),
    port: Type.Optional(portNumber),
    startTls: Type.Optional(oneOf(startTlsProtocols)),
  },
  closed,
);
