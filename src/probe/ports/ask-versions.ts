import { FailureError } from '../../model/failure.ts';
import type { OpenPort } from '../../model/facts/ports.ts';
import type { Nmap } from '../wire/nmap.ts';
import type { NmapService } from '../wire/nmap-xml.ts';
import type { ProbeRequest } from '../wire/wire.ts';
import { leaseNmap } from './ask-nmap.ts';
import { listedPort } from './port-list.ts';

/**
 * Lets nmap -sV look at the open ports that told us nothing, but for those that are left in peace. What it cannot tell
 * stays untold: a failure here takes nothing from what was seen before.
 */
export async function askVersions(
  address: string,
  open: readonly OpenPort[],
  nmap: Nmap,
  request: ProbeRequest,
): Promise<readonly OpenPort[]> {
  const mute = open
    .filter(({ port, banner }) => banner === undefined && listedPort(port)?.approach !== 'hands-off')
    .map(({ port }) => port);
  if (mute.length === 0) return open;
  try {
    const { answer } = await leaseNmap(address, mute, nmap, request, true);
    return open.map((one) => {
      const service = mute.includes(one.port) ? answer.scan.ports.get(one.port)?.service : undefined;
      return service === undefined ? one : { ...one, ...told(service) };
    });
  } catch (error) {
    if (error instanceof FailureError) return open;
    throw error;
  }
}

function told({ name, product, version, extra, tls }: NmapService): Partial<OpenPort> {
  return {
    service: name,
    tls,
    ...(product === undefined ? {} : { product }),
    ...(version === undefined ? {} : { version }),
    ...(extra === undefined ? {} : { extra }),
  };
}
