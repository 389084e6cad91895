/** The last day of the month that an impossible day names, or undefined where the month is impossible too. */
export function lastDay(text: string): string | undefined {
  const [year = 0, month = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12) return undefined;
  return `${text.slice(0, 7)}-${String(lastDayOf(year, month)).padStart(2, '0')}`;
}

function lastDayOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
