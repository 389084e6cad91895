import type { Contact } from '../../model/carried.ts';
import type { Iso } from '../../model/observation.ts';
import { formatPortRanges } from '../../probe/ports/port-ranges.ts';
import type { ContactListener } from '../observe-target.ts';

type Noted = {
  readonly address: string;
  readonly name: string | undefined;
  readonly ports: Set<number>;
  from: Iso;
  until: Iso;
};

/** Notes what one look sends to whom, by address and name; `now` is the agent's clock. */
export function noteContacts(now: () => Iso): { readonly hear: ContactListener; readonly noted: () => Contact[] } {
  const contacts = new Map<string, Noted>();
  return {
    hear: (address, ports, name) => {
      if (ports.length === 0) return;
      const key = `${address} ${name ?? ''}`;
      const at = now();
      const known = contacts.get(key) ?? { address, name, ports: new Set<number>(), from: at, until: at };
      contacts.set(key, known);
      known.until = at;
      for (const port of ports) known.ports.add(port);
    },
    noted: () =>
      [...contacts.values()].map(({ address, name, ports, from, until }) => ({
        address,
        ...(name === undefined ? {} : { name }),
        ports: formatPortRanges([...ports].sort((a, b) => a - b)),
        from,
        until,
      })),
  };
}
