import type { PortList, PortListName } from '../../model/port-list.ts';
import { askTopPorts, findNmap } from '../wire/nmap.ts';
import { curatedPorts } from './port-list.ts';
import { formatPortRanges, parsePortRanges } from './port-ranges.ts';

const lastPort = 65_535;

/** The ports of a list by its name. */
export async function namedPortList(name: PortListName): Promise<PortList> {
  switch (name) {
    case 'declared':
      return { name, ports: '' };
    case 'curated':
      return curatedList;
    case 'top-1000':
      return topThousand();
    case 'all':
      return { name, ports: `1-${lastPort}` };
  }
}

/** The list of a run that names none: runs before there were lists asked this one. */
export const curatedList: PortList = { name: 'curated', ports: formatPortRanges(curatedPorts) };

/**
 * nmap's own thousand where it is installed: it says which they are, and its file, which its licence keeps, is neither read nor
 * copied. Elsewhere the system ports (RFC 6335 section 6) from 1 on, beside the curated ones, until there are a thousand.
 * The curated ones are asked in any case, so that a wider list never sees less.
 */
async function topThousand(): Promise<PortList> {
  const nmap = await findNmap();
  const ranked = nmap === null ? null : parsePortRanges((await askTopPorts(nmap)) ?? 'none');
  if (nmap === null || ranked === null || ranked.length < 900) return builtInThousand;
  return { name: 'top-1000', ports: formatPortRanges([...curatedPorts, ...ranked]), from: `nmap ${nmap.version}` };
}

const systemPorts = Array.from({ length: 1023 }, (_, index) => index + 1).filter(
  (port) => !curatedPorts.includes(port),
);
const builtInThousand: PortList = {
  name: 'top-1000',
  ports: formatPortRanges([...curatedPorts, ...systemPorts.slice(0, 1000 - curatedPorts.length)]),
  from: 'built-in',
};

/** The numbers of a list. */
export function portsOfList({ ports }: PortList): readonly number[] {
  return parsePortRanges(ports) ?? [];
}
