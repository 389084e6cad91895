import type { ResolverAddress } from '../model/resolver.ts';
import { parseAddress } from './address.ts';

const standardPort = 53;

/** Reads `ADDRESS[:PORT]`: IPv4, or IPv6, in brackets where a port follows. Undefined for anything else, a name too. */
export function parseResolver(text: string): ResolverAddress | undefined {
  const whole = parseAddress(text);
  if (whole !== undefined) return { address: whole.text, port: standardPort };
  const [, bracketed, plain, portText] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = parseAddress(bracketed ?? plain ?? '');
  const port = portText === undefined ? standardPort : Number(portText);
  if (address === undefined || port < 1 || port > 65_535) return undefined;
  return { address: address.text, port };
}
