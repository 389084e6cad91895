import type { Target } from '../../src/model/target.ts';
import { createWire } from '../../src/probe/wire/dial.ts';

/** A real wire that permits everything, as fast as it goes within eight connections unless limits are given. */
export function openWire(limits = { connections: 8, perSecond: 1_000_000 }) {
  return createWire({
    zone: 'lab',
    userAgent: 'RaSoat/test (+contact)',
    permit: () => ({ allowed: true, authorisation: 'lab', limits }),
  });
}

/** A web target on one address. */
export function webTarget(address: string, options: { name?: string; port?: number } = {}): Target {
  const host = options.name ?? address;
  const url = `https://${host}${options.port === undefined ? '' : `:${options.port}`}/`;
  return {
    key: `${url} [${address}]`,
    kind: 'web',
    system: 'lab',
    endpoint: { kind: 'web', url },
    ...(options.name === undefined ? {} : { name: options.name }),
    address,
  };
}

/** A TLS service of a host on one address. */
export function serviceTarget(address: string, port: number, name?: string): Target {
  return {
    key: `${address}:${port}`,
    kind: 'service',
    system: 'lab',
    endpoint: { kind: 'host', host: name ?? address },
    ...(name === undefined ? {} : { name }),
    address,
    port,
  };
}
