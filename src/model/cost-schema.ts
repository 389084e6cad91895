import { Type } from '@sinclair/typebox';
import { closed, text } from './schema.ts';

const address = text(45, { minLength: 2 });
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** What one address received, and what one resolver was asked. */
export const costSchema = Type.Object(
  {
    address,
    connections: count,
    datagrams: count,
    refusedByGuard: count,
    bytesSent: count,
    bytesReceived: count,
    peakPerSecond: count,
  },
  closed,
);
export const resolverCostSchema = Type.Object(
  { server: text(100), queries: count, bytesSent: count, bytesReceived: count },
  closed,
);
