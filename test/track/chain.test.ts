import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/model/canonical.ts';
import type { HistoryEntry, HistoryRecord } from '../../src/model/track/history.ts';
import type { Sighting } from '../../src/model/track/sighting.ts';
import {
  chainStart,
  createChainCheck,
  sealEntries,
  type ChainFault,
  type StoredRecord,
} from '../../src/track/chain.ts';
import { createReplay } from '../../src/track/replay.ts';
import { life } from './build.ts';

const entry = (n: number): HistoryEntry => ({
  at: '2026-01-05T00:00:00.000Z',
  by: `person ${n}`,
  event: { kind: 'said', finding: 'f', word: 'in-progress', note: `note ${n}` },
});

function stored(count: number): StoredRecord[] {
  return sealEntries(
    chainStart,
    Array.from({ length: count }, (_, n) => entry(n)),
  ).map(rowOf);
}

function rowOf({ prev, hash, ...body }: HistoryRecord): StoredRecord {
  return { seq: body.seq, prev, hash, body: JSON.parse(canonicalJson(body)) as unknown };
}

function faultsOf(rows: readonly StoredRecord[], head = { seq: 0, hash: '' }): readonly ChainFault[] {
  const check = createChainCheck();
  const faults = [...rows].sort((a, b) => a.seq - b.seq).flatMap((row) => check.next(row));
  return [...faults, ...check.end(head)];
}

const headOf = (rows: readonly StoredRecord[]) => rows.at(-1) ?? chainStart;
const size = fc.integer({ min: 3, max: 30 });
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const at = (share: number, count: number) => Math.floor(share * count);

describe('chain of records', () => {
  it('finds nothing in what was not touched', () => {
    fc.assert(
      fc.property(size, (count) => {
        const rows = stored(count);
        expect(faultsOf(rows, headOf(rows))).toEqual([]);
      }),
    );
  });

  it('is the same whether sealed at once or one by one', () => {
    const once = sealEntries(chainStart, [entry(0), entry(1)]);
    const [first] = sealEntries(chainStart, [entry(0)]);
    if (first === undefined) throw new Error('nothing sealed');
    expect(sealEntries(first, [entry(1)])).toEqual(once.slice(1));
  });

  it('names the record that was altered, whatever was altered', () => {
    const change = fc.constantFrom<(row: StoredRecord) => StoredRecord>(
      (row) => ({ ...row, body: { ...(row.body as object), by: 'somebody else' } }),
      (row) => ({ ...row, body: { ...(row.body as object), document: 'another' } }),
      (row) => ({ ...row, body: { ...(row.body as object), at: '2027-01-01T00:00:00.000Z' } }),
      (row) => ({ ...row, body: undefined }),
      (row) => ({ ...row, body: {} }),
      (row) => ({ ...row, hash: 'f'.repeat(64) }),
      (row) => ({ ...row, prev: 'f'.repeat(64) }),
    );
    fc.assert(
      fc.property(size, place, change, (count, share, alter) => {
        const rows = stored(count);
        const index = at(share, count);
        const altered = rows.map((row, n) => (n === index ? alter(row) : row));
        expect(faultsOf(altered, headOf(rows))[0]).toEqual({ seq: index + 1, fault: 'altered' });
      }),
    );
  });

  it('names the record that was removed, at the end too', () => {
    fc.assert(
      fc.property(size, place, (count, share) => {
        const rows = stored(count);
        const index = at(share, count);
        const [first] = faultsOf(
          rows.filter((_, n) => n !== index),
          headOf(rows),
        );
        expect(first).toEqual({ seq: index + 1, fault: index === count - 1 ? 'cut' : 'missing' });
      }),
    );
  });

  it('names where two records changed places', () => {
    fc.assert(
      fc.property(size, place, place, (count, one, other) => {
        const rows = stored(count);
        const [a, b] = [at(one, count), at(other, count)];
        fc.pre(a !== b);
        const seqs = rows.map(({ seq }) => seq);
        const swapped = rows.map((row, n) => {
          const from = n === a ? b : n === b ? a : n;
          return { ...(rows[from] ?? row), seq: seqs[n] ?? row.seq };
        });
        expect(faultsOf(swapped, headOf(rows))[0]).toMatchObject({ seq: Math.min(a, b) + 1, fault: 'moved' });
      }),
    );
  });

  it('names where a record was put in, though it fits its own hash', () => {
    fc.assert(
      fc.property(size, place, (count, share) => {
        const rows = stored(count);
        const index = at(share, count);
        const before = rows[index - 1] ?? chainStart;
        const [forged] = sealEntries(before, [entry(99)]).map(rowOf);
        const later = rows.slice(index).map((row) => ({ ...row, seq: row.seq + 1 }));
        const inserted = [...rows.slice(0, index), ...(forged === undefined ? [] : [forged]), ...later];
        const faults = faultsOf(inserted, headOf(rows));
        // The forged one is well made; the one it pushed away is not where it was sealed.
        expect(faults[0]).toMatchObject({ seq: index + 2 });
      }),
    );
  });

  it('tells a tail written anew by the head that somebody noted', () => {
    const rows = stored(5);
    const forged = [...rows.slice(0, 4), ...sealEntries(headOf(rows.slice(0, 4)), [entry(77)]).map(rowOf)];
    expect(faultsOf(forged, headOf(forged))).toEqual([]);
    expect(faultsOf(forged, headOf(rows))).toEqual([{ seq: 5, fault: 'cut' }]);
  });
});

describe('replay', () => {
  const letters = fc.array(fc.constantFrom('F0', 'F1', 'P', 'o', 'n', 'g', 'claimed-fixed', 'open', 'waive'), {
    maxLength: 40,
  });
  function lived(strip: readonly string[]) {
    const one = life().see('F');
    for (const what of strip) {
      if (what === 'claimed-fixed' || what === 'open') one.say(what);
      else if (what === 'waive') one.aside('waived', 20);
      else one.see(what);
    }
    return one;
  }
  function replayed(entries: readonly HistoryEntry[], sightings: ReadonlyMap<string, readonly Sighting[]>) {
    const replay = createReplay();
    const records = sealEntries(chainStart, entries);
    const faults = records.flatMap((record) => {
      const seen = record.event.kind === 'run' ? sightings.get(record.event.run) : undefined;
      // The builder seals no digest.
      return replay.next(record, seen).filter(({ fault }) => fault !== 'sightings');
    });
    return { lives: replay.lives, faults: [...faults, ...replay.end()] };
  }

  it('comes to the same life', () => {
    fc.assert(
      fc.property(letters, (strip) => {
        const one = lived(strip);
        const { lives, faults } = replayed(one.entries, one.sightings);
        expect(faults).toEqual([]);
        expect(lives.get('f')).toEqual(one.now());
      }),
    );
  });

  it('finds a conclusion that was left out, added or turned round, though the chain be sealed anew', () => {
    fc.assert(
      fc.property(letters, place, (strip, share) => {
        const one = lived(strip);
        const concluded = one.entries.flatMap(({ event }, n) => (event.kind === 'state' ? [n] : []));
        const index = concluded[at(share, concluded.length)] ?? 0;
        const without = one.entries.filter((_, n) => n !== index);
        expect(replayed(without, one.sightings).faults.length).toBeGreaterThan(0);
        const doubled = one.entries.flatMap((each, n) => (n === index ? [each, each] : [each]));
        expect(replayed(doubled, one.sightings).faults.length).toBeGreaterThan(0);
        const turned = one.entries.map((each, n) =>
          n === index ? { ...each, event: { ...each.event, to: 'fixed-verified', because: 'said' } } : each,
        );
        expect(replayed(turned as readonly HistoryEntry[], one.sightings).faults.length).toBeGreaterThan(0);
      }),
    );
  });
});
