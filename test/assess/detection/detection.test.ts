import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTime } from '../../../src/assess/detection/instant.ts';
import { matchRows, refusals } from '../../../src/assess/detection/match.ts';
import { detectionOf } from '../../../src/assess/detection/outcome.ts';
import { parseSightings, sightingColumns } from '../../../src/assess/detection/parse-sightings.ts';
import { markerOf, type SentMarker, type Sighting } from '../../../src/model/detection.ts';
import { markerPattern } from '../../../src/model/facts/detection-marker.ts';
import { UserError } from '../../../src/model/errors.ts';

const nonce = 'b5f3';
const sent = (target: string, over: Partial<SentMarker> = {}): SentMarker => ({
  run: 'r1',
  system: 'portal',
  target,
  marker: markerOf({ nonce }, 'r1', target),
  delivery: 'answered',
  sentAt: '2026-11-20T02:00:00.400Z',
  ...over,
});
const now = '2026-11-21T00:00:00.000Z';
const reasonOf = (cells: Readonly<Record<string, string>> | null, markers: readonly SentMarker[] = [sent('a')]) => {
  const [row] = matchRows([{ line: 2, cells }], markers, { now });
  return row?.ok === false ? row.reason : 'accepted';
};
const good = { marker: sent('a').marker, time: '2026-11-20T09:00:05+07:00', source: '192.0.2.9' };

describe('markers', () => {
  it('have one shape, are the same for the same target, and differ by run, target and nonce', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (run, target, key) => {
        const marker = markerOf({ nonce: key }, run, target);
        expect(marker).toMatch(new RegExp(markerPattern));
        expect(markerOf({ nonce: key }, run, target)).toBe(marker);
        expect(markerOf({ nonce: key }, run, `${target} `)).not.toBe(marker);
        expect(markerOf({ nonce: key }, `${run} `, target)).not.toBe(marker);
        expect(markerOf({ nonce: `${key}0` }, run, target)).not.toBe(marker);
      }),
    );
  });

  it('are the first 80 bits of HMAC-SHA256 in base32', () => {
    // printf 'r1\na' | openssl dgst -sha256 -hmac b5f3 -binary | head -c 10 | base32 | tr A-Z a-z
    expect(markerOf({ nonce }, 'r1', 'a')).toBe('rs-3plicqoxhp5sa6lm');
  });
});

describe('instants with their zone', () => {
  it.each([
    ['2026-11-25T19:00:05+07:00', '2026-11-25T12:00:05.000Z'],
    ['2026-11-25 19:00:05+0700', '2026-11-25T12:00:05.000Z'],
    ['2026-11-25 19:00:05 +07', '2026-11-25T12:00:05.000Z'],
    ['2026-11-25T12:00:05.1234567Z', '2026-11-25T12:00:05.123Z'],
    ['2026-11-25T12:00z', '2026-11-25T12:00:00.000Z'],
    ['2026-11-25T00:30:00-03:30', '2026-11-25T04:00:00.000Z'],
    ['2026-11-25T12:00:00-00:00', '2026-11-25T12:00:00.000Z'],
    ['2026-11-25T19:00:05', 'time-without-zone'],
    ['2026-02-30T19:00:05Z', 'not-a-time'],
    ['2026-11-25T24:00:00Z', 'not-a-time'],
    ['25/11/2026 19:00', 'not-a-time'],
    ['1764072005', 'not-a-time'],
    ['', 'not-a-time'],
  ])('%s is %s', (text, instant) => {
    const read = readTime(text);
    expect(read.at ?? read.why).toBe(instant);
  });
});

describe('each row is accepted or refused for one reason', () => {
  it.each([
    ['accepted', good],
    ['accepted', { ...good, marker: good.marker.toUpperCase() }],
    ['accepted', { ...good, system: 'portal', target: 'a', source: '::ffff:192.0.2.9' }],
    ['accepted', { ...good, time: '2026-11-20T02:00:00Z' }],
    ['not-a-row', null],
    ['too-long', { ...good, centre: 'x'.repeat(2049) }],
    ['no-marker', { time: good.time, source: good.source }],
    ['not-a-marker', { ...good, marker: `${good.marker}x` }],
    ['not-a-marker', { ...good, marker: '=cmd|calc' }],
    ['no-time', { marker: good.marker, source: good.source }],
    ['not-a-time', { ...good, time: 'hôm qua' }],
    ['time-without-zone', { ...good, time: '2026-11-20T09:00:05' }],
    ['before-sent', { ...good, time: '2026-11-20T01:59:59.999Z' }],
    ['in-future', { ...good, time: '2026-11-21T00:05:01Z' }],
    ['no-source', { marker: good.marker, time: good.time }],
    ['not-an-address', { ...good, source: '192.0.2' }],
    ['not-an-address', { ...good, source: 'fe80::1%eth0' }],
    ['unknown-marker', { ...good, marker: 'rs-aaaaaaaaaaaaaaaa' }],
    ['other-system', { ...good, system: 'khac' }],
    ['other-target', { ...good, target: 'b' }],
  ])('%s: %j', (reason, cells) => {
    expect(reasonOf(cells)).toBe(reason);
  });

  it('a marker that never left cannot have been seen', () => {
    const { sentAt, ...never } = sent('a', { delivery: 'not-sent' });
    expect(sentAt).toBeDefined();
    expect(reasonOf(good, [never])).toBe('not-sent');
  });

  it('keeps a name of a centre that any engine can keep', () => {
    const [row] = matchRows([{ line: 2, cells: { ...good, centre: 'a\u0000b\ud800' } }], [sent('a')], { now });
    expect(row?.ok === true && row.sighting.centre).toBe('a b\ufffd');
  });

  it('keeps one spelling of an address, and the centre of the command where the row names none', () => {
    const rows = [
      { line: 2, cells: { ...good, source: '[2001:DB8::1]' } },
      { line: 3, cells: { ...good, centre: 'SOC' } },
    ];
    const kept = matchRows(rows, [sent('a')], { now, centre: 'Trung tâm' });
    expect(kept.map((row) => row.ok && [row.sighting.source, row.sighting.centre])).toEqual([
      ['2001:db8::1', 'Trung tâm'],
      ['192.0.2.9', 'SOC'],
    ]);
  });

  it('whatever a row holds, it is one of the reasons or accepted', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(good), '2026-11-20'));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...sightingColumns), cell), (cells) => {
        expect([...refusals, 'accepted']).toContain(reasonOf(cells));
      }),
    );
  });
});

describe('files', () => {
  const lines = (text: string) => parseSightings(text, 'f').map(({ line }) => line);

  it('CSV: any order and case of columns, comma, semicolon or tab, byte order mark, quotes over lines', () => {
    const text = '\uFEFFTime;Note;MARKER;source\r\n2026;"a\r\nb";m;s\r\n\r\n2027;c;m2;s2\r\n';
    expect(parseSightings(text, 'f')).toEqual([
      { line: 3, cells: { time: '2026', marker: 'm', source: 's' } },
      { line: 5, cells: { time: '2027', marker: 'm2', source: 's2' } },
    ]);
    expect(lines('marker\ttime\na\tb\n')).toEqual([2]);
    expect(lines('marker,time,source\n')).toEqual([]);
  });

  it('JSON: a list, or an object with sightings; a row that is none is refused by itself', () => {
    const rows = [{ marker: 'm', time: 't', source: null }, 5, { marker: 7 }, null, []];
    const expected = [{ marker: 'm', time: 't' }, null, null, null, null].map((cells, at) => ({ line: at + 1, cells }));
    expect(parseSightings(JSON.stringify(rows), 'f')).toEqual(expected);
    expect(parseSightings(JSON.stringify({ sightings: rows }), 'f')).toEqual(expected);
    expect(parseSightings('{"sightings":[{"__proto__":{"marker":"m"}}]}', 'f')).toEqual([{ line: 1, cells: {} }]);
  });

  it.each([
    ['', 1],
    ['a,b\n1,2\n', 1],
    ['marker,time\n"x,1\ny,2\n', undefined],
    [`marker,time\n${'x'.repeat(10_000)},1\n`, 2],
    ['{"a":1}', undefined],
    ['[1,', undefined],
  ])('refuses %j whole', (text, line) => {
    expect(() => parseSightings(text, 'f')).toThrow(UserError);
    try {
      parseSightings(text, 'f');
    } catch (error) {
      if (line !== undefined) expect((error as UserError).problems[0]?.line).toBe(line);
    }
  });

  it('any text gives rows or one clear error', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('marker,time', '"', ',', '\n', '[', '{', ';'),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        fc.boolean(),
        (text, headed) => {
          try {
            for (const { cells } of parseSightings(headed ? `marker,time\n${text}` : text, 'f')) {
              for (const key of Object.keys(cells ?? {})) expect(sightingColumns).toContain(key);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what monitoring noticed', () => {
  const markers = [sent('a'), sent('b'), sent('c', { system: 'mail', delivery: 'unanswered' })];
  const seen = (target: string, seenAt: string, over: Partial<Sighting> = {}): Sighting => ({
    run: 'r1',
    system: 'portal',
    target,
    marker: markerOf({ nonce }, 'r1', target),
    seenAt,
    ...over,
  });
  const back = [{ run: 'r1', importedAt: now, hash: 'h' }];
  const states = (sightings: readonly Sighting[], returns = back) =>
    detectionOf(markers, sightings, returns).map(({ system, state }) => `${system} ${state}`);

  it('is not known before a return, and what may never have arrived is no reproach', () => {
    expect(states([], [])).toEqual(['portal no-return', 'mail not-sent']);
    expect(states([])).toEqual(['portal not-noticed', 'mail not-sent']);
    expect(states([seen('a', now)])).toEqual(['portal partly', 'mail not-sent']);
    expect(states([seen('a', now), seen('b', now), seen('c', now, { system: 'mail' })])).toEqual([
      'portal noticed',
      'mail noticed',
    ]);
  });

  it('tells the longest time to the first sighting of each marker, never less than nothing', () => {
    const sightings = [
      seen('a', '2026-11-20T02:10:00.000Z', { source: '192.0.2.9', centre: 'SOC' }),
      seen('a', '2026-11-20T02:00:30.400Z', { source: '192.0.2.8', centre: 'SOC' }),
      seen('b', '2026-11-20T02:00:00.000Z', { source: '192.0.2.9' }),
    ];
    const [portal] = detectionOf(markers, sightings, back);
    expect(portal).toMatchObject({
      seenAt: '2026-11-20T02:00:00.000Z',
      delaySeconds: 30,
      sources: ['192.0.2.8', '192.0.2.9'],
      centres: ['SOC'],
      returnedAt: now,
    });
    expect(portal?.targets.map(({ delaySeconds }) => delaySeconds)).toEqual([30, 0]);
  });

  it('more sightings never make a system less noticed', () => {
    const order = ['not-sent', 'not-noticed', 'partly', 'noticed'];
    const some = fc.subarray(['a', 'b', 'c']);
    fc.assert(
      fc.property(some, some, (first, more) => {
        const of = (targets: readonly string[]) =>
          detectionOf(
            markers,
            targets.map((target) => seen(target, now)),
            back,
          ).map(({ state }) => order.indexOf(state));
        const [before, after] = [of(first), of([...first, ...more])];
        before.forEach((rank, at) => {
          expect(after[at]).toBeGreaterThanOrEqual(rank);
        });
      }),
    );
  });
});
