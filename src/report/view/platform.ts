import { platforms, type Platform } from '../../model/check.ts';
import type { Observation } from '../../model/observation.ts';

const products: readonly (readonly [RegExp, Platform])[] = [
  [/^nginx|^openresty|^tengine/, 'nginx'],
  [/^apache(-http-server|-httpd)?$|^httpd$/, 'apache'],
  [/iis/, 'iis'],
  [/tomcat|coyote/, 'tomcat'],
  [/liferay/, 'liferay'],
  [/postfix/, 'postfix'],
  [/exchange/, 'exchange'],
  [/^(isc-)?bind(9)?$/, 'bind'],
];

/** Platforms that software observations of one target really showed, in the order of the list of platforms. */
export function platformsSeen(observations: readonly Observation[]): readonly Platform[] {
  const seen = new Set<Platform>();
  for (const observation of observations) {
    if (observation.kind !== 'software' || !observation.ok) continue;
    for (const { product, os } of observation.facts.items) {
      for (const [pattern, platform] of products) if (pattern.test(product)) seen.add(platform);
      if (/windows/i.test(os ?? '')) seen.add('windows');
      if (/linux|ubuntu|debian|centos|red hat/i.test(os ?? '')) seen.add('linux');
    }
  }
  return platforms.filter((platform) => seen.has(platform));
}
