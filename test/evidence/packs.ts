import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../src/evidence/entry.ts';
import type { About } from '../../src/evidence/manifest.ts';
import { createScrubber } from '../../src/evidence/scrub.ts';
import type { PackSource } from '../../src/evidence/verifier.ts';
import { writePack, type PackOptions } from '../../src/evidence/write-pack.ts';

export const about: About = {
  tool: 'rasoat 0',
  created: '2026-11-25T10:00:00.000Z',
  run: {
    id: '20261125-1',
    zone: 'internet',
    state: 'finished',
    startedAt: '2026-11-25T08:00:00.000Z',
    endedAt: '2026-11-25T09:00:00.000Z',
    tool: 'rasoat 0',
    judgedAt: '2026-11-25T09:00:00.000Z',
  },
  province: { id: 'binh-minh', name: 'Tỉnh Bình Minh' },
  organisation: null,
  checksHash: '0'.repeat(64),
  frameworksHash: '1'.repeat(64),
  inventoryHash: '2'.repeat(64),
  feeds: { kev: '2026-11-20' },
};

/** Records of two organisations, with texts that are hard to write down. */
export const sampleEntries = (owner?: string): readonly Entry[] => [
  { kind: 'run', body: { id: '20261125-1' }, own: true },
  ...Array.from({ length: 45 }, (_one, index): Entry => {
    const of = index < 28 ? 'a' : 'b';
    const body = {
      system: `he-thong-${of}-${index}`,
      outcome: 'pass',
      10: index,
      9: 'Sở Y tế',
      odd: '\ud800\u0000\u2028',
    };
    const isOwn = owner === undefined || owner === of;
    const part = owner !== undefined && isOwn && index % 13 === 7 ? { narrowed: { ...body, odd: '⟨…⟩' } } : {};
    return { kind: index % 3 === 0 ? 'observation' : 'finding', body, own: isOwn, ...part };
  }),
];

/** As from a store. */
async function* given(entries: readonly Entry[]): AsyncGenerator<Entry> {
  for (const entry of entries) {
    await Promise.resolve();
    yield entry;
  }
}

export const secret = Buffer.alloc(32, 7);

export const write = (to: string, options: Partial<PackOptions> = {}, entries = sampleEntries()) =>
  writePack(given(entries), { to, about, secret, scrubber: createScrubber((sent) => sent), ...options });

export type Files = Map<string, Buffer>;

export const filesIn = (folder: string): Files =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));

/** A pack in memory, in pieces that end anywhere. */
export const sourceOf = (files: Files, piece = 1000): PackSource => ({
  names: [...files.keys()],
  open: async function* (name) {
    const bytes = files.get(name) ?? Buffer.alloc(0);
    for (let from = 0; from < bytes.length; from += piece) {
      await Promise.resolve();
      yield bytes.subarray(from, from + piece);
    }
  },
});

/** The sums made to fit again, as whoever alters a pack on purpose would. */
export function withFittingSums(files: Files): Files {
  const sums = [...files].flatMap(([name, bytes]) =>
    name === 'SHA256SUMS' ? [] : `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`,
  );
  return new Map([...files, ['SHA256SUMS', Buffer.from(sums.join(''))]]);
}
