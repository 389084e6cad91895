import { getServers } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { failure, type Failure } from '../model/failure.ts';
import { classify } from './classify.ts';

/** The addresses of a name, IPv4 first, each once; or why there are none. */
export type Resolution =
  { readonly ok: true; readonly addresses: readonly string[] } | { readonly ok: false; readonly failure: Failure };

const resolveMs = 10_000;
const mostAddresses = 64;

/** Asks the machine's own resolver. A literal address stands for itself and asks nobody. */
export async function resolveName(name: string): Promise<Resolution> {
  if (isIP(name) !== 0) return { ok: true, addresses: [name] };
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    deadline.reject(Object.assign(new Error(`no answer for ${name} in ${resolveMs} ms`), { code: 'EAI_AGAIN' }));
  }, resolveMs);
  try {
    const answers = await Promise.race([lookup(name, { all: true, order: 'ipv4first' }), deadline.promise]);
    const addresses = [...new Set(answers.map((answer) => answer.address))].slice(0, mostAddresses);
    if (addresses.length === 0) return { ok: false, failure: failure('dns', `${name} has no address`) };
    return { ok: true, addresses };
  } catch (error) {
    const seen = classify(error);
    return { ok: false, failure: failure('dns', seen.detail) };
  } finally {
    clearTimeout(timer);
  }
}

/** The recursive servers that this machine is set up to ask, `192.0.2.53` or `[2001:db8::53]:5353`. */
export function machineServers(): readonly string[] {
  return getServers();
}
