import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayOf } from '../../src/model/day.ts';

it('is the day of the calendar of Viet Nam, seven hours ahead, at every instant', () => {
  expect(dayOf('2026-05-24T16:59:59.999Z')).toBe('2026-05-24');
  expect(dayOf('2026-05-24T17:00:00.000Z')).toBe('2026-05-25');
  expect(dayOf('2026-12-31T17:00:00Z')).toBe('2027-01-01');
  const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(date, (at) => {
      expect(dayOf(at.toISOString())).toBe(new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10));
    }),
  );
});

it('throws for what is no instant, again and again', () => {
  for (const text of ['', 'x', '2026-05-24T25:00:00.000Z', '2026-13-01T00:00:00.000Z', '2026-05-24T17:61:00.000Z'])
    for (let n = 0; n < 2; n += 1) expect(() => dayOf(text)).toThrow(RangeError);
});
