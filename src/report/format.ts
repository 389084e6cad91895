import type { Lang } from '../model/text.ts';
import { visible } from './visible.ts';

const locales: Readonly<Record<Lang, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** Made when first needed: each takes milliseconds, and many a command writes neither number nor instant. */
const numbers = new Map<Lang, Intl.NumberFormat>();
let clock: Intl.DateTimeFormat | undefined;

function numberFormat(lang: Lang): Intl.NumberFormat {
  let format = numbers.get(lang);
  if (format === undefined) {
    format = new Intl.NumberFormat(locales[lang], { maximumFractionDigits: 1 });
    numbers.set(lang, format);
  }
  return format;
}

/** Every province of Việt Nam keeps this time, the whole year. */
const openClock = () =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Ho_Chi_Minh',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });

/** A number in the writing of the language: `1.234` and `1,234`. */
export function formatNumber(lang: Lang, value: number): string {
  return numberFormat(lang).format(value);
}

/** An amount of data in decimal units: `96 kB`. */
export function formatBytes(lang: Lang, bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatNumber(lang, unit === 0 ? value : Number(value.toPrecision(3)))} ${units[unit] ?? ''}`;
}

/** A calendar day `YYYY-MM-DD` as dd/mm/yyyy; anything else as it stands. */
export function formatDay(day: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return parts === null ? visible(day) : `${parts[3] ?? ''}/${parts[2] ?? ''}/${parts[1] ?? ''}`;
}

/** An instant as dd/mm/yyyy hh:mm in the province's time; anything that is no instant as it stands. */
export function formatInstant(iso: string): string {
  const known = instants.get(iso);
  if (known !== undefined) return known;
  const part = partsOf(iso);
  const said =
    part === null ? visible(iso) : `${part('day')}/${part('month')}/${part('year')} ${part('hour')}:${part('minute')}`;
  if (instants.size >= mostInstants) instants.clear();
  instants.set(iso, said);
  return said;
}

/** The same instants stand on many pages, and Intl takes its time with each. */
const instants = new Map<string, string>();
const mostInstants = 50_000;

function partsOf(iso: string): ((type: Intl.DateTimeFormatPartTypes) => string) | null {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return null;
  clock ??= openClock();
  const parts = clock.formatToParts(time);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}
