import type { SoftwareItem } from './facts/software.ts';
import { cpeOf, otherCpesOf } from './software/cpe.ts';
import { packageOf } from './software/distribution-package.ts';
import { distributionPurl, purlOf } from './software/purl.ts';
import type { SoftwareQuery } from './vulnerability.ts';

/**
 * What the feeds are asked of one product that a target told; undefined where it told no version. The pipeline asks by it and the
 * view finds the answer by it (`softwareKey`), so both must make the same of an item. Pure.
 */
export function softwareQueryOf(item: SoftwareItem): SoftwareQuery | undefined {
  const { product, version, os, osVersion } = item;
  if (version === undefined) return undefined;
  const cpe = cpeOf(product, version);
  const others = otherCpesOf(product, version);
  const packaged =
    item.package === undefined || os === undefined ? undefined : packageOf(product, os, osVersion, item.package);
  const purl = packaged === undefined ? purlOf(product, version) : distributionPurl(packaged);
  return {
    product,
    version,
    ...(cpe === undefined ? {} : { cpe }),
    ...(others.length === 0 ? {} : { otherCpes: others }),
    ...(purl === undefined ? {} : { purl }),
  };
}
