import { createHash } from 'node:crypto';

/** Salted SHA-256 of one record of the whole run, and whether the pack holds that record. */
export type Leaf = { readonly hash: Buffer; readonly own: boolean };

/** Root of the Merkle tree over all leaves, and the hashes that stand for what a pack does not hold, left to right. */
export type Tree = { readonly size: number; readonly root: string; readonly others: readonly string[] };

/**
 * The Merkle tree of RFC 6962, 2.1 over salted leaves. A subtree of which the pack holds nothing is told by its root alone,
 * so whoever has the records and `others` comes to the same root (`rootOf` of verify-evidence.mjs). Needs a leaf at least.
 */
export function treeOf(leaves: readonly Leaf[]): Tree {
  const whole = subtree(leaves, 0, leaves.length);
  return { size: leaves.length, root: whole.hash.toString('hex'), others: toldOf(whole) };
}

type Subtree = Leaf & { readonly others: readonly string[] };
const none: readonly string[] = [];

function subtree(leaves: readonly Leaf[], from: number, to: number): Subtree {
  const only = leaves[from];
  if (only === undefined) throw new Error('a tree of nothing');
  if (to - from === 1) return { ...only, others: none };
  let half = 1;
  while (half * 2 < to - from) half *= 2;
  const left = subtree(leaves, from, from + half);
  const right = subtree(leaves, from + half, to);
  const hash = createHash('sha256').update('\x01').update(left.hash).update(right.hash).digest();
  const own = left.own || right.own;
  return { hash, own, others: own ? [...toldOf(left), ...toldOf(right)] : none };
}

const toldOf = ({ own, hash, others }: Subtree): readonly string[] => (own ? others : [hash.toString('hex')]);
