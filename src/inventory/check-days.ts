import { isDay } from '../model/day.ts';
import { inventorySchema } from '../model/inventory.ts';
import { message } from '../model/text.ts';
import { lastDay } from './day.ts';
import type { Ledger } from './ledger.ts';
import { recIn, recsIn, textIn, type Rec } from './records.ts';
import { dayPattern } from './shape-message.ts';

/** Days that the calendar does not have, periods that end before they begin, and documents dated after what they allow. */
export function checkDays(root: Rec, ledger: Ledger): void {
  checkCalendar(root, ledger);
  for (const authorisation of recsIn(root, 'authorisations')) {
    checkPeriod(authorisation, ledger);
    for (const blackout of recsIn(authorisation, 'blackouts')) checkPeriod(blackout, ledger);
    const signed = dayIn(recIn(authorisation, 'document'), 'date');
    const from = dayIn(authorisation, 'from');
    if (signed !== undefined && from !== undefined && signed > from) {
      ledger.add({ in: authorisation, key: 'from' }, message('inventory.starts-before-document', { from, signed }));
    }
  }
  for (const blackout of recsIn(root, 'blackouts')) checkPeriod(blackout, ledger);
  for (const waiver of recsIn(root, 'systems').flatMap((system) => recsIn(system, 'waivers'))) {
    const signed = dayIn(recIn(waiver, 'document'), 'date');
    const until = dayIn(waiver, 'until');
    if (signed !== undefined && until !== undefined && signed > until) {
      ledger.add({ in: waiver, key: 'until' }, message('inventory.ends-before-document', { until, signed }));
    }
  }
}

/** Names under which the schema keeps days: `date`, `from`, `until`, `lastSeen` ... */
const dayKeys = dayKeysOf(inventorySchema, new Set());

function dayKeysOf(schema: object, keys: Set<string>): ReadonlySet<string> {
  for (const [name, value] of Object.entries(schema) as [string, unknown][]) {
    if (typeof value !== 'object' || value === null) continue;
    if ('pattern' in value && value.pattern === dayPattern) keys.add(name);
    else dayKeysOf(value, keys);
  }
  return keys;
}

const dayShape = new RegExp(dayPattern ?? '');

function checkCalendar(value: object, ledger: Ledger): void {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    if (typeof inner === 'object' && inner !== null) checkCalendar(inner, ledger);
    else if (typeof inner === 'string' && dayKeys.has(key) && dayShape.test(inner) && !isDay(inner)) {
      const suggestion = lastDay(inner);
      const words =
        suggestion === undefined
          ? message('inventory.no-such-month', { value: inner })
          : message('inventory.no-such-day', { value: inner, suggestion });
      ledger.add({ in: value, key }, words);
    }
  }
}

function checkPeriod(rec: Rec, ledger: Ledger): void {
  const [from, until] = [dayIn(rec, 'from'), dayIn(rec, 'until')];
  if (from !== undefined && until !== undefined && from > until) {
    ledger.add({ in: rec, key: 'until' }, message('inventory.ends-before-start', { from, until }));
  }
}

function dayIn(rec: Rec | undefined, key: string): string | undefined {
  const text = rec === undefined ? undefined : textIn(rec, key);
  return text !== undefined && isDay(text) ? text : undefined;
}
