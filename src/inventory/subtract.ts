import { networkOf, widthOf, type Network } from './address.ts';

/** Whether the first block holds the second. */
export function holds(outer: Network, inner: Network): boolean {
  if (outer.version !== inner.version || outer.prefix > inner.prefix) return false;
  const shift = BigInt(widthOf[outer.version] - outer.prefix);
  return outer.bits >> shift === inner.bits >> shift;
}

/** What is left of a block without the others, as the fewest blocks; empty where one of them holds it. */
export function subtract(network: Network, others: readonly Network[]): readonly Network[] {
  const whole = networkOf(network);
  const concerned = others.filter((other) => holds(whole, other) || holds(other, whole));
  if (concerned.length === 0) return [whole];
  if (concerned.some((other) => holds(other, whole))) return [];
  const prefix = whole.prefix + 1;
  const half = 1n << BigInt(widthOf[whole.version] - prefix);
  return [
    { ...whole, prefix },
    { ...whole, prefix, bits: whole.bits + half },
  ].flatMap((part) => subtract(part, concerned));
}
