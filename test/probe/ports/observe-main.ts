// Observes one address and prints facts and costs: `observe-main.ts ADDRESS ENGINE PORTS udp|no-udp CONNECTIONS PER-SECOND`.
import { parsePortRanges } from '../../../src/probe/ports/port-ranges.ts';
import { createPortsProbe } from '../../../src/probe/ports/probe.ts';
import { hostTarget, wireWith } from './support.ts';

const [address = '', engine = '', ports = '', udp, connections = '64', perSecond = '10000'] = process.argv.slice(2);
const wire = wireWith(() => true, { connections: Number(connections), perSecond: Number(perSecond) });
const facts = await createPortsProbe({
  engine: engine as 'nmap' | 'connect' | 'auto',
  ports: parsePortRanges(ports) ?? [],
  ...(udp === 'udp' ? { udp: true } : {}),
}).observe({ target: hostTarget(address), wire, signal: AbortSignal.timeout(120_000) });
// Threads of the sweep wait for more work.
process.stdout.write(JSON.stringify({ facts, costs: wire.costs()[0] }), () => process.exit(0));
