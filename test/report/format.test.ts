import { describe, expect, it } from 'vitest';
import { formatBytes, formatDay, formatInstant, formatNumber } from '../../src/report/format.ts';
import { dayOf } from '../../src/model/day.ts';

describe('formats', () => {
  it('writes instants in the province’s time, which may be the next day', () => {
    expect(formatInstant('2026-11-22T17:30:00.000Z')).toBe('23/11/2026 00:30');
    expect(dayOf('2026-11-22T17:30:00.000Z')).toBe('2026-11-23');
    expect(dayOf('2026-11-22T16:59:59.000Z')).toBe('2026-11-22');
  });

  it('writes days as day, month, year', () => {
    expect(formatDay('2026-04-30')).toBe('30/04/2026');
  });

  it('shows what is no date as it stands, with nothing hidden', () => {
    expect(formatInstant('soon\u202e')).toBe('soon⟨U+202E⟩');
    expect(formatDay('<b>')).toBe('<b>');
  });

  it('writes numbers and sizes in the language', () => {
    expect(formatNumber('vi', 1234.5)).toBe('1.234,5');
    expect(formatNumber('en', 1234.5)).toBe('1,234.5');
    expect(formatBytes('vi', 96_400)).toBe('96,4 kB');
    expect(formatBytes('en', 999)).toBe('999 B');
    expect(formatBytes('en', 1_500_000_000)).toBe('1.5 GB');
  });
});
