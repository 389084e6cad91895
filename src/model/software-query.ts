import type { SoftwareItem } from './facts/software.ts';
import type { SoftwareQuery } from './vulnerability.ts';

/**
 * What the feeds are asked of one product that a target told; undefined where it told no version. The pipeline asks by it and the
 * view finds the answer by it (`softwareKey`), so both must make the same of an item. Pure.
 */
export function softwareQueryOf(item: SoftwareItem): SoftwareQuery | undefined {
  return item.version === undefined ? undefined : { product: item.product, version: item.version };
}
