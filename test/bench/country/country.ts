import { drawsFor } from './draws.ts';
import { countryMix, personalityOf, type Mix, type Personality } from './personality.ts';

/** `site` is https (and http beside it), `clear` http alone, `service` a TLS service declared on a host. */
export type PlaceKind = 'site' | 'clear' | 'service';
export type Place = { readonly kind: PlaceKind; readonly name: string; readonly address: string };
export type CountrySystem = { readonly id: string; readonly level: 1 | 2 | 3 | 4; readonly places: readonly Place[] };

export type Province = {
  readonly id: string;
  readonly number: number;
  /** The block that its document covers. */
  readonly block: string;
  readonly ports: Ports;
  readonly systems: readonly CountrySystem[];
};

/** Where the machines of a province take connections; nobody listens at `refused`, a firewall drops what goes to `dropped`. */
export type Ports = {
  readonly tls: number;
  readonly clear: number;
  readonly refused: number;
  readonly dropped: number;
};

export type CountryOptions = {
  readonly seed: number;
  readonly provinces: number;
  readonly systems: number;
  readonly endpoints: number;
  /** How many processes serve it. */
  readonly servers: number;
  readonly mix?: Mix;
};

/** The country that issue 9 asks for. */
export const wholeCountry: CountryOptions = {
  seed: 20261126,
  provinces: 34,
  systems: 20_000,
  endpoints: 60_000,
  servers: 2,
};

/** First half of the second byte of the first province's addresses: a province is 127.(100 + 2n).0.0/15. */
const firstBlock = 100;

export const portsOf = (server: number): Ports => {
  const base = 24_400 + server * 10;
  return { tls: base + 3, clear: base, refused: base + 1, dropped: base + 2 };
};

/** The whole country, by its seed. Sizes of provinces are log-normal; they sum to what is asked, to the endpoint. */
export function makeCountry(options: CountryOptions): readonly Province[] {
  const { seed, provinces } = options;
  if (provinces > 34) throw new Error('there are 34 provinces');
  const weights = Array.from({ length: provinces }, (_, n) => drawsFor(seed, `province ${n}`).logNormal(1, 0.5));
  const systems = shareOut(options.systems, weights);
  const endpoints = shareOut(options.endpoints, weights);
  return weights.map((_, n) => makeProvince(options, n, systems[n] ?? 0, endpoints[n] ?? 0));
}

function makeProvince({ seed, servers }: CountryOptions, number: number, systems: number, endpoints: number): Province {
  const id = `t${String(number + 1).padStart(2, '0')}`;
  const sizes = shareOut(
    endpoints,
    Array.from({ length: systems }, (_, at) => drawsFor(seed, `${id} system ${at}`).logNormal(1, 0.4)),
  );
  const places = placesOf(seed, number, endpoints);
  let from = 0;
  return {
    id,
    number,
    block: `127.${firstBlock + 2 * number}.0.0/15`,
    ports: portsOf(number % servers),
    systems: sizes.map((size, at) => {
      const some = places.slice(from, (from += size));
      const level = { a: 1, b: 2, c: 3, d: 4 } as const;
      const drawn = drawsFor(seed, `${id} level ${at}`).oneOf({ a: 25, b: 45, c: 26, d: 4 });
      return { id: `${id}-ht-${String(at + 1).padStart(4, '0')}`, level: level[drawn], places: some };
    }),
  };
}

/** So many endpoints of a province; one machine in five carries several of them. */
function placesOf(seed: number, number: number, count: number): readonly Place[] {
  const places: Place[] = [];
  for (let machine = 0; places.length < count; machine += 1) {
    const row = Math.floor(machine / 250);
    const address = `127.${firstBlock + 2 * number + (row >> 8)}.${row & 255}.${(machine % 250) + 1}`;
    const draws = drawsFor(seed, `places at ${address}`);
    const several = Number(draws.oneOf({ '1': 80, '2': 13, '4': 7 }));
    for (let at = 0; at < several && places.length < count; at += 1) {
      const kind = draws.oneOf<PlaceKind>({ site: 80, clear: 8, service: 12 });
      places.push({ kind, name: at === 0 ? machineName(address) : `v${at}.${machineName(address)}`, address });
    }
  }
  return places;
}

/** `m-100-0-7.t01.mo-phong.example`: told by the address alone, so that a server needs no list. */
export function machineName(address: string): string {
  const [, second = 0, third = 0, fourth = 0] = address.split('.').map(Number);
  const province = Math.floor((second - firstBlock) / 2) + 1;
  return `m-${second}-${third}-${fourth}.t${String(province).padStart(2, '0')}.mo-phong.example`;
}

export const personalityIn = ({ seed, mix = countryMix }: CountryOptions, address: string): Personality =>
  personalityOf(seed, address, mix);

/** The port that the inventory names for a place: a machine that refuses or drops does so at a port of its own. */
export function portOf({ reach }: Personality, ports: Ports, kind: PlaceKind): number {
  if (reach === 'refuses') return ports.refused;
  if (reach === 'drops') return ports.dropped;
  return kind === 'clear' ? ports.clear : ports.tls;
}

/** Shares a whole number out by weight, at least one to each where there is enough; sums to it exactly. */
function shareOut(whole: number, weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const least = whole >= weights.length ? 1 : 0;
  let used = 0;
  let sum = 0;
  return weights.map((weight, at) => {
    sum += weight;
    const upTo =
      at === weights.length - 1
        ? whole
        : Math.round(((whole - least * weights.length) * sum) / total) + least * (at + 1);
    const share = upTo - used;
    used = upTo;
    return share;
  });
}
