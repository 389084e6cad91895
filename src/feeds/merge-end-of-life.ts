import type { EndOfLifeProduct, EndOfLifeTable, ReleaseLine } from '../model/reference.ts';

export type ImportedProduct = {
  readonly product: string;
  readonly title: string;
  readonly lines: readonly ReleaseLine[];
};

/**
 * Lays an imported feed of the day `date` over our own table, product by product: a newer feed's product replaces ours, save those
 * whose lines we made ourselves; what the feed does not have stays. Pure.
 */
export function mergeEndOfLife(
  own: EndOfLifeTable,
  date: string | undefined,
  imported: readonly ImportedProduct[],
): EndOfLifeTable {
  const asOf = date?.slice(0, 10);
  if (asOf === undefined) return own;
  const products: Record<string, EndOfLifeProduct> = { ...own.products };
  for (const { product, title, lines } of imported) {
    const ours = Object.hasOwn(own.products, product) ? own.products[product] : undefined;
    if (ours !== undefined && (ours.ours === true || (ours.asOf ?? own.asOf) > asOf)) continue;
    products[product] = { title, lines, asOf, source: 'endoflife.date' };
  }
  return { ...own, products };
}
