import type { SoftwareItem } from '../../model/facts/software.ts';

const named: readonly (readonly [RegExp, string])[] = [
  [/\bubuntu|[-+~.\d]ubuntu\d/i, 'ubuntu'],
  [/\braspbian\b/i, 'raspbian'],
  [/\bdebian|[-+~]deb\d|\+dfsg/i, 'debian'],
  [/\bcentos\b/i, 'centos'],
  [/\bred ?hat\b|\brhel\b/i, 'rhel'],
  [/\brocky\b/i, 'rocky-linux'],
  [/\balma ?linux\b/i, 'almalinux'],
  [/\boracle linux\b/i, 'oracle-linux'],
  [/\bfedora\b/i, 'fedora'],
  [/\bamazon\b|\bamzn/i, 'amazon-linux'],
  [/\b(open)?suse\b/i, 'suse'],
  [/\balpine\b/i, 'alpine'],
  [/[.\d]el\d/i, 'rhel'],
];

/** Systems that fix old versions in place without changing the number that a banner shows. */
const distributions: ReadonlySet<string> = new Set(named.map(([, name]) => name));

/**
 * The Linux distribution that a product's words name (`(Debian)`, `+deb10u2`, `.el7`), null when they name none. A
 * distribution keeps mending a version after its makers have stopped, so the version alone decides nothing there.
 */
export function distributionOf(item: SoftwareItem): string | null {
  if (item.os !== undefined && distributions.has(item.os)) return item.os;
  return named.find(([words]) => words.test(item.text))?.[1] ?? null;
}
