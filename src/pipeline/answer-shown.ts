import { shownText } from '../answers/digest.ts';
import type { Say, Shown } from '../answers/sheet.ts';
import type { Check } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Lang } from '../model/text.ts';
import type { TrackedFinding } from '../model/track/tracked.ts';
import type { Store } from '../store/types.ts';
import { loadCatalogue } from '../text/catalogue.ts';
import { pendingRequest } from '../track/ask.ts';

/** Longest texts of a row, in UTF-16 units: a cell that nobody reads to its end says nothing. */
const most = { name: 300, target: 500, text: 600 } as const;

/** What the rows of a sheet show, in one language, by the last run of each zone. */
export async function createShown(
  store: Store,
  inventory: Inventory,
  lang: Lang,
  say: Say,
  day: string,
): Promise<(tracked: TrackedFinding) => Shown> {
  const found = await lastFindings(store);
  const systems = new Map(inventory.systems.map((system) => [system.id, system]));
  const tell = (key: string, params?: Record<string, string | number>) => say(lang, key, params);
  return ({ life, state, due, asideUntil }) => {
    const system = systems.get(life.system);
    const check = found.checks.get(life.check);
    const title = check?.title[lang] ?? life.check;
    const because = found.because(life.zone, life.system, life.target, life.check, lang);
    const pending = pendingRequest(life, day);
    const stands = [
      tell(`track.state.${state}`),
      ...(asideUntil === undefined ? [] : [tell('track.list.until', { until: vietnamese(asideUntil) })]),
      ...(pending === undefined ? [] : [tell('answers.pending', { as: tell(`answers.asked.${pending.as}`) })]),
    ];
    const place = due && [due.instrument, due.clause].filter((part) => part !== undefined).join(' ');
    return {
      finding: life.id,
      system: shownText((lang === 'en' ? system?.nameEn : undefined) ?? system?.name ?? life.system, most.name),
      endpoint: shownText(life.target, most.target),
      wrong: shownText(because === '' ? tell('answers.wrong-bare', { title }) : because, most.text),
      fix: shownText(changeOf(check, title, tell), most.name),
      severity: tell(`words.severity.${life.severity}`),
      due: due?.on ?? '',
      because: shownText(due === undefined ? '' : `${due.source[lang]}${place ? ` [${place}]` : ''}`, most.text),
      state: shownText(stands.join('; '), most.name),
    };
  };
}

const vietnamese = (day: string) => day.split('-').reverse().join('/');

const catalogue = loadCatalogue();

/** The change that mends it, as the report names it; without a name of its own, the good state that the check asks for. */
function changeOf(check: Check | undefined, title: string, tell: (key: string) => string): string {
  const key = `words.change.${check?.change ?? ''}`;
  return check !== undefined && catalogue.has(key) ? tell(key) : title;
}

/** The value that decided, where it is one that can be read at a glance. */
function sawWords(saw: unknown): string {
  const text = typeof saw === 'string' ? saw.trim() : typeof saw === 'number' ? String(saw) : '';
  return text === '' ? '' : ` (${text.length > 80 ? `${text.slice(0, 79)}…` : text})`;
}

/** What the newest judgement of each zone's newest finished run says. */
async function lastFindings(store: Store) {
  const checks = new Map<string, Check>();
  const findings = new Map<string, Finding>();
  const seen = new Set<string>();
  for (const { id, zone, state } of await store.runs()) {
    if (state !== 'finished' || seen.has(zone)) continue;
    seen.add(zone);
    const judgement = await store.judgement(id);
    for (const check of judgement.lawbook.checks) if (!checks.has(check.id)) checks.set(check.id, check);
    for (const one of await store.findings(judgement.id)) {
      if (one.outcome === 'fail') findings.set([zone, one.system, one.target, one.check].join('\n'), one);
    }
  }
  const because = (zone: string, system: string, target: string, check: string, lang: Lang): string => {
    const evidence = findings.get([zone, system, target, check].join('\n'))?.evidence ?? [];
    return [...new Set(evidence.map(({ saw, because }) => `${because[lang]}${sawWords(saw)}`))].join('; ');
  };
  return { checks, because };
}
