import { compareDigits } from './debian.ts';

/** Orders `epoch:version-release` of two RPM packages; a part that one side does not tell is not compared. */
export function compareRpm(a: string, b: string): number {
  const [x, y] = [partsOf(a), partsOf(b)];
  const order = Math.sign(x.epoch - y.epoch) || compareRpmPart(x.version, y.version);
  return order !== 0 || x.release === '' || y.release === '' ? order : compareRpmPart(x.release, y.release);
}

/** Whether a text has the form of an RPM version. */
export function isRpm(text: string): boolean {
  return text.length <= 200 && /^(?:\d{1,9}:)?[0-9A-Za-z][0-9A-Za-z._+~^-]*$/.test(text);
}

function partsOf(text: string) {
  const colon = /^(\d{1,9}):/.exec(text);
  const rest = colon === null ? text : text.slice(colon[0].length);
  const dash = rest.lastIndexOf('-');
  return {
    epoch: Number(colon?.[1] ?? 0),
    version: dash < 0 ? rest : rest.slice(0, dash),
    release: dash < 0 ? '' : rest.slice(dash + 1),
  };
}

/**
 * rpmvercmp (rpm 4.15, rpmvercmp.c): stretches of digits and of letters, whatever stands between them is no part; `~` is
 * before the end, `^` behind it and before anything else. Digits are newer than letters. -1, 0 or 1; total over any text.
 */
export function compareRpmPart(a: string, b: string): number {
  const [x, y] = [segmentsOf(a), segmentsOf(b)];
  for (let at = 0; ; at += 1) {
    const [p, q] = [x[at], y[at]];
    if (p === undefined && q === undefined) return 0;
    if (p === '~' || q === '~') {
      if (p !== q) return p === '~' ? -1 : 1;
      continue;
    }
    if (p === '^' || q === '^') {
      if (p === q) continue;
      if (p === undefined) return -1;
      if (q === undefined) return 1;
      return p === '^' ? -1 : 1;
    }
    if (p === undefined || q === undefined) return p === undefined ? -1 : 1;
    const order = compareSegments(p, q);
    if (order !== 0) return order;
  }
}

function compareSegments(a: string, b: string): number {
  const [x, y] = [/^\d/.test(a), /^\d/.test(b)];
  if (x !== y) return x ? 1 : -1;
  if (x) return compareDigits(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function segmentsOf(text: string): readonly string[] {
  return text.match(/\d+|[A-Za-z]+|[~^]/g) ?? [];
}
