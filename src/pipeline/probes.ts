import { createHttpProbe } from '../probe/http/probe.ts';
import type { Probes } from '../probe/observe.ts';
import { createPortsProbe } from '../probe/ports/probe.ts';
import { curatedPorts } from '../probe/ports/port-list.ts';
import { resolveName } from '../probe/resolve.ts';
import { softwareFromHttp, softwareFromPorts } from '../probe/software/probe.ts';
import { createTlsProbe } from '../probe/tls/probe.ts';

/** Which port scanner: nmap where it is installed, or the one named. */
export type PortsEngine = 'auto' | 'nmap' | 'connect';

/** Puts the probes of a scan together. */
export function createProbes(engine: PortsEngine, extraRoots: readonly string[]): Probes {
  return {
    tls: createTlsProbe({ extraRoots }),
    http: createHttpProbe({
      resolve: async (name) => {
        const resolution = await resolveName(name);
        return resolution.ok ? resolution.addresses : [];
      },
    }),
    ports: createPortsProbe({ engine, ports: curatedPorts }),
    softwareFromHttp,
    softwareFromPorts,
  };
}
