import { createHash, hash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';
import type { Entry, RecordKind } from './entry.ts';
import { treeOf, type Leaf, type Tree } from './tree.ts';

/** What stands before the first record. */
const chainStart = '0'.repeat(64);

/** What the records of a pack come to. */
export type Sealed = {
  readonly records: {
    readonly count: number;
    /** Hash of the last one. */
    readonly head: string;
    /** Of which stand in a narrower form than in the whole pack, and have no leaf. */
    readonly narrowed: number;
    readonly kinds: Readonly<Partial<Record<RecordKind, number>>>;
  };
  readonly lines: { readonly file: string; readonly bytes: number; readonly sha256: string };
  readonly tree: Tree;
};

export type Sealer = {
  /** The line of an entry, line feed included; undefined where the pack does not hold it. */
  readonly add: (entry: Entry) => string | undefined;
  /** Once, at the end. */
  readonly end: () => Sealed;
};

/**
 * Turns entries into the lines of a pack: each canonical JSON with its number, the hash of the one before, and its own. Each
 * entry is also a leaf of the tree over the whole run, salted by `secret`, so that equal runs give equal trees and nobody
 * without the secret can try what a hidden leaf holds.
 */
export function createSealer(secret: Buffer, file: string): Sealer {
  const leaves: Leaf[] = [];
  const kinds: Partial<Record<RecordKind, number>> = {};
  const sum = createHash('sha256');
  let [count, narrowed, bytes, head] = [0, 0, 0, chainStart];

  /** Members stand in the order of RFC 8785: body, hash, kind, then those of `rest`. */
  const seal = (kind: RecordKind, body: string, rest: (n: string, prev: string) => string): string => {
    count += 1;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
    const behind = `"kind":"${kind}",${rest(`"n":${count}`, `"prev":"${head}"`)}}`;
    head = hash('sha256', `{"body":${body},${behind}`);
    const line = `{"body":${body},"hash":"${head}",${behind}\n`;
    bytes += Buffer.byteLength(line);
    sum.update(line);
    return line;
  };

  return {
    add: ({ kind, body, own, narrowed: part }) => {
      const text = canonicalJson(body);
      const salt = saltOf(secret, `{"body":${text},"kind":"${kind}"}`);
      const leafHash = hash('sha256', `\0{"body":${text},"kind":"${kind}","salt":"${salt}"}`, 'buffer');
      const inTree = own && part === undefined;
      leaves.push({ hash: leafHash, own: inTree });
      if (!own) return undefined;
      const leaf = leaves.length - 1;
      if (inTree) return seal(kind, text, (n, prev) => `"leaf":${leaf},${n},${prev},"salt":"${salt}"`);
      narrowed += 1;
      return seal(kind, canonicalJson(part), (n, prev) => `${n},"narrowed":true,${prev}`);
    },
    end: () => ({
      records: { count, head, narrowed, kinds },
      lines: { file, bytes, sha256: sum.digest('hex') },
      tree: treeOf(leaves),
    }),
  };
}

/** A function of the secret and the record that nobody else can compute; of 64 bytes always, so nothing can be appended. */
function saltOf(secret: Buffer, text: string): string {
  return hash('sha256', Buffer.concat([secret, hash('sha256', text, 'buffer')])).slice(0, 32);
}
