import { Type, type Static } from '@sinclair/typebox';
import { closed, list, oneOf } from '../schema.ts';
import { id } from './common.ts';
import { endpointSchema, type Endpoint } from './endpoint.ts';

/** `good` meets what our reference server meets, `bad` breaks what the other one breaks. */
export const controlKinds = ['good', 'bad'] as const;
export type ControlKind = (typeof controlKinds)[number];

/** A server of our own whose state is known, read by every run from its zone. */
export const controlSchema = Type.Object(
  {
    id: id('control'),
    expects: oneOf(controlKinds),
    endpoint: endpointSchema,
    /** What must pass on it, or fail where it is bad; absent: what our reference servers show. */
    checks: Type.Optional(list(id('check'), 200, { minItems: 1 })),
  },
  closed,
);
export type Control = Omit<Readonly<Static<typeof controlSchema>>, 'endpoint'> & { readonly endpoint: Endpoint };
