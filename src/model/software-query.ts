import type { SoftwareItem } from './facts/software.ts';
import { cpeOf, otherCpesOf } from './software/cpe.ts';
import { packageOf, sourceOf } from './software/distribution-package.ts';
import type { ClaimedPackage } from './software/evidence.ts';
import { distributionPurl, purlOf } from './software/purl.ts';
import type { SoftwareQuery } from './vulnerability.ts';

/**
 * What the feeds are asked of one product that a target told; undefined where it told no version. The pipeline asks by it and the
 * view finds the answer by it (`softwareKey`), so both must make the same of an item. The package that an owner handed in
 * stands before what the target says of itself. Pure.
 */
export function softwareQueryOf(item: SoftwareItem, claimed?: ClaimedPackage): SoftwareQuery | undefined {
  if (claimed !== undefined) return claimedQuery(item.product, claimed);
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

function claimedQuery(product: string, claimed: ClaimedPackage): SoftwareQuery {
  const upstream = claimed.version.replace(/^\d+:/, '');
  const version = /^\d[0-9A-Za-z.]*/.exec(upstream)?.[0] ?? upstream;
  const cpe = cpeOf(product, version);
  const others = otherCpesOf(product, version);
  return {
    product,
    version,
    ...(cpe === undefined ? {} : { cpe }),
    ...(others.length === 0 ? {} : { otherCpes: others }),
    purl: distributionPurl({ ...claimed, name: sourceOf(product, upstream) }),
  };
}
