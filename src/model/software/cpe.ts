import { applicationCpes } from './cpe-applications.ts';
import { serverCpes } from './cpe-servers.ts';
import { serviceCpes } from './cpe-services.ts';
import { systemCpes } from './cpe-systems.ts';
import { releaseOf } from './release.ts';

/** A product by the CPE dictionary: `part` is `a` (application), `o` (operating system) or `h` (hardware). */
export type CpeName = { readonly part: 'a' | 'o' | 'h'; readonly vendor: string; readonly product: string };

const all: ReadonlyMap<string, readonly CpeName[]> = new Map(
  [serverCpes, applicationCpes, serviceCpes, systemCpes].flatMap((table) =>
    Object.entries(table).map(([product, names]) => [product, names.split(' ').map(parse)] as const),
  ),
);

function parse(text: string, _at: number, siblings: readonly string[]): CpeName {
  // The part is written once, at the first name, and holds for the older names of the same product.
  const part = siblings[0]?.startsWith('o:') === true ? 'o' : 'a';
  const [vendor = '', product = ''] = text.replace(/^o:/, '').split(':');
  return { part, vendor, product };
}

const byName: ReadonlyMap<string, string> = new Map(
  [...all].toReversed().flatMap(([product, names]) => names.map((name) => [`${name.vendor}:${name.product}`, product])),
);

/** Our name of what the dictionary calls `vendor` and `product`, today or once; undefined when we have none. */
export function productOfCpe(vendor: string, product: string): string | undefined {
  return byName.get(`${vendor}:${product}`);
}

/** Every name that the CPE dictionary has or had for a product, today's first; empty when we know none. */
export function cpeNamesOf(product: string): readonly CpeName[] {
  return all.get(product) ?? [];
}

/**
 * The CPE 2.3 formatted string (NIST IR 7695, 6.2) of a product as the dictionary writes it; undefined when we know no name
 * for it. A version that is not told is `*`; what follows the numbers as a patch or candidate (`9.2p1`, `1.3.6rc2`) is the
 * update; a product that the dictionary names by its release (Exchange 2019 CU12) stands under that.
 */
export function cpeOf(product: string, version: string | undefined): string | undefined {
  const name = all.get(product)?.[0];
  return name === undefined ? undefined : named(product, name, version);
}

/** The same under the other names that the dictionary has for the product, its maker having changed hands or name. */
export function otherCpesOf(product: string, version: string): readonly string[] {
  return (all.get(product) ?? []).slice(1).map((name) => named(product, name, version));
}

function named(product: string, name: CpeName, version: string | undefined): string {
  const release = version === undefined ? undefined : releaseOf(product, version)?.cpe;
  if (release !== undefined) {
    const { product: under = name.product, version: number = '*', update = '*' } = release;
    return write(name.part, name.vendor, under, number, update);
  }
  const [number, update] = version === undefined ? ['*', '*'] : splitUpdate(version);
  return write(name.part, name.vendor, name.product, quote(number), quote(update));
}

function write(part: string, vendor: string, product: string, version: string, update: string): string {
  return `cpe:2.3:${part}:${vendor}:${product}:${version}:${update}:*:*:*:*:*:*`;
}

function splitUpdate(version: string): readonly [string, string] {
  const match = /^(\d[\d.]*?)[-._]?((?:p|rc|beta|alpha)\d{1,4})$/i.exec(version);
  return match?.[1] === undefined || match[2] === undefined ? [version, '*'] : [match[1], match[2]];
}

/** Lower case, with everything but letters, digits, `_`, `-` and `.` quoted (NIST IR 7695, 5.3.2); `*` alone is "any". */
function quote(text: string): string {
  return text === '*'
    ? text
    : text
        .toLowerCase()
        .replace(/[^\x21-\x7e]/g, '_')
        .replace(/[^a-z0-9_.-]/g, '\\$&');
}
