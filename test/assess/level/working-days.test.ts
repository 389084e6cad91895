import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterDays, afterWorkingDays, workingDays, workingDaysLate } from '../../../src/assess/level/working-days.ts';
import { book } from './build.ts';

const days = workingDays(book.calendars);
const isSame = (end: ReturnType<typeof afterDays>, day: string) => 'due' in end && end.due === day;

describe('working days, Labour Code 45/2019/QH14 Đ112 and Civil Code 91/2015/QH13 Đ147-148', () => {
  test.each([
    // Monday to Monday: the day of the event does not count (Đ147.3), the weekend does not either.
    ['2026-10-05', 5, '2026-10-12'],
    ['2026-10-02', 1, '2026-10-05'],
    ['2026-10-03', 1, '2026-10-05'],
    // 15 working days of Decree 331 Đ23.3.a, over 24/11 (Nghị quyết 28/2026/QH16).
    ['2026-11-09', 15, '2026-12-01'],
    // 25 working days of Đ23.3.b, over 31/8 exchanged for Saturday 22/8, 1/9 and 2/9.
    ['2026-08-20', 25, '2026-09-28'],
    // 7 working days of Đ24.2 over Tết 16-20/2/2026.
    ['2026-02-12', 7, '2026-03-02'],
    // Giỗ Tổ on Sunday 26/4/2026 is taken on Monday 27 (Đ111.3), 30/4 and 1/5.
    ['2026-04-24', 5, '2026-05-06'],
    // Over New Year into a year of its own calendar.
    ['2026-12-31', 1, '2027-01-04'],
  ])('from %s, %i working days end on %s', (from, length, due) => {
    expect(afterWorkingDays(days, from, length)).toMatchObject({ due });
  });

  test('a Saturday worked in exchange counts', () => {
    expect(afterWorkingDays(days, '2026-08-21', 1)).toEqual({ due: '2026-08-22', uncertain: false });
  });

  test('calendar days of Decree 85 Đ16.2 that end on a day off end on the next working day (Đ148.5)', () => {
    // 15 days from 16/4/2026 end on Friday 1/5, a holiday; then a weekend.
    expect(afterDays(days, '2026-04-16', 15)).toEqual({ due: '2026-05-04', uncertain: false });
    expect(afterDays(days, '2026-10-01', 15)).toEqual({ due: '2026-10-16', uncertain: false });
  });

  test('a term over days that nobody has announced yet is uncertain (Tết 2027)', () => {
    expect(afterWorkingDays(days, '2027-02-03', 5)).toEqual({ due: '2027-02-17', uncertain: true });
    expect(afterWorkingDays(days, '2027-03-01', 5)).toEqual({ due: '2027-03-08', uncertain: false });
  });

  test('a year without a calendar is told, not guessed', () => {
    expect(afterWorkingDays(days, '2027-12-30', 5)).toEqual({ noCalendar: 2028 });
    expect(afterDays(days, '2023-05-01', 15)).toEqual({ noCalendar: 2023 });
    expect(workingDaysLate(days, '2027-12-30', '2028-01-10')).toBeUndefined();
  });

  test('working days late leave out what is not worked', () => {
    expect(workingDaysLate(days, '2026-11-20', '2026-11-25')).toBe(2);
    expect(workingDaysLate(days, '2026-11-25', '2026-11-25')).toBe(0);
  });

  test('the end is a working day, so many working days away, for any day of 2026', () => {
    const from = fc
      .date({ min: new Date('2025-02-01'), max: new Date('2026-10-30'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(from, fc.integer({ min: 1, max: 40 }), (day, length) => {
        const end = afterWorkingDays(days, day, length);
        // A term of no days ends on a working day itself.
        return (
          'due' in end && workingDaysLate(days, day, end.due) === length && isSame(afterDays(days, end.due, 0), end.due)
        );
      }),
    );
  });
});

describe('the calendars that ship', () => {
  test('have every holiday that the Labour Code fixes by date, and that of Nghị quyết 28/2026/QH16 from 2026 on', () => {
    for (const { year, off } of book.calendars) {
      const listed = off.map(({ day }) => day);
      for (const fixed of ['01-01', '04-30', '05-01', '09-02']) expect(listed).toContain(`${year}-${fixed}`);
      expect(listed.includes(`${year}-11-24`)).toBe(year >= 2026);
    }
  });

  test('have five weekdays of Tết each, and two days of Quốc khánh', () => {
    for (const { off } of book.calendars) {
      expect(off.filter(({ name }) => name.vi === 'Tết Âm lịch')).toHaveLength(5);
      expect(off.filter(({ name }) => name.vi === 'Quốc khánh')).toHaveLength(2);
    }
  });

  test('name Giỗ Tổ on the tenth day of the third lunar month', () => {
    // ICU keeps the Chinese calendar; in these months both calendars agree.
    const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', month: 'numeric', day: 'numeric' });
    for (const { off } of book.calendars) {
      const day = off.find(({ name }) => name.vi === 'Giỗ Tổ Hùng Vương')?.day ?? '';
      expect(lunar.format(new Date(`${day}T00:00:00Z`))).toBe('3/10');
    }
  });
});
