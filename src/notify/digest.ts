import { addDays, dayOf, daysBetween } from '../model/day.ts';
import type { System } from '../model/inventory.ts';
import type { Organisation } from '../model/inventory/organisation.ts';
import type { Told, ToldItem } from '../model/notice.ts';
import type { TrackedFinding } from '../model/track/tracked.ts';
import type { Digest, DigestInput, DigestItem, Past, Role, Section } from './digest-types.ts';
import { escalationsOf } from './escalation.ts';
import { mayBeNamed } from './may-be-named.ts';
import { isDueSoon, joins, rungOn, type Rungs, type Standing } from './ladder.ts';
import { newsOf } from './news.ts';

/** How far back the good news of a first letter reach, in days. */
const firstLetterDays = 30;

/** What a letter could hold of one finding, and whether it makes one go. */
type Candidate = DigestItem & { readonly rings: boolean; readonly told: readonly ToldItem[]; readonly first: boolean };

/**
 * The one letter of an organisation on a day, about the systems that it operates or owns and no other; undefined where
 * nothing changed and nothing is due on the ladder. Pure.
 */
export function digestOf(organisation: Organisation, past: Past, input: DigestInput): Digest | undefined {
  const { day, inventory, findings, upto } = input;
  const systems = new Map(inventory.systems.filter(mayBeNamed).map((system) => [system.id, system]));
  const told = new Map(past.told.map((one) => [`${one.kind} ${one.finding}`, one]));
  const own = findings.flatMap((finding): readonly Owned[] => {
    const system = systems.get(finding.life.system);
    const role = system === undefined ? undefined : roleOf(organisation, system);
    return system === undefined || role === undefined ? [] : [{ finding, system, role }];
  });
  const candidates = own.flatMap((one) => candidatesOf(one, past, told, input));
  const escalations = escalationsOf(organisation, told, input);
  if (!escalations.rings && !candidates.some(({ rings }) => rings)) return undefined;
  const news = (...kinds: readonly (string | undefined)[]) => candidates.filter((one) => kinds.includes(one.news));
  const work = own.filter(({ finding }) => isWork(finding, input));
  const late = work.filter(({ finding }) => finding.daysLate > 0);
  return {
    organisation,
    day,
    items: candidates.map(({ section, finding, system, role, news: kind }) => ({
      ...{ section, finding, system, role },
      ...(kind === undefined ? {} : { news: kind }),
    })),
    subordinates: escalations.subordinates,
    counts: {
      fixed: news('fixed').length,
      new: news('new').length,
      back: news('reopened', 'refuted', 'lapsed', 'back').length,
      overdue: late.length,
      soon: work.filter(({ finding }) => finding.daysLate === 0 && soon(finding, input)).length,
      lapsing: candidates.filter(({ section }) => section === 'lapsing').length,
      toMend: work.length,
      subordinates: escalations.subordinates.length,
    },
    told: [...candidates.flatMap((one) => one.told), ...escalations.told],
    upto,
    firstOf: new Set(
      candidates.flatMap(({ first, rings, finding }) => (first && rings ? [finding.life.severity] : [])),
    ),
    toHead: late.some(
      ({ finding }) => finding.daysLate >= (rungsOf(finding, input)?.escalate.head ?? Number.POSITIVE_INFINITY),
    ),
  };
}

type Owned = { readonly finding: TrackedFinding; readonly system: System; readonly role: Role };

/** What an organisation has to do with a system: who operates it and owns it is told as its operator. */
function roleOf({ id }: Pick<Organisation, 'id'>, { owner, operator }: System): Role | undefined {
  if (operator === id) return 'operate';
  return owner === id ? 'own' : undefined;
}

function candidatesOf(
  owned: Owned,
  past: Past,
  told: ReadonlyMap<string, Told>,
  input: DigestInput,
): readonly Candidate[] {
  const { finding, role } = owned;
  const { life } = finding;
  const { day } = input;
  const rungs = rungsOf(finding, input);
  if (rungs === undefined) return [];
  const lapse = lapseOf(owned, told, input);
  if (lapse !== undefined) return [lapse];
  const work = isWork(finding, input);
  const before = told.get(`finding ${life.id}`);
  const known = before?.of === life.openedAt ? before : undefined;
  const since = {
    ...(past.letter === undefined ? {} : { letter: past.letter }),
    told: known !== undefined,
    from: addDays(day, -firstLetterDays),
  };
  const news = newsOf(finding, work, input.history.get(life.id) ?? [], since, day);
  const item: ToldItem = { kind: 'finding', finding: life.id, of: life.openedAt };
  const common = { ...owned, told: [item], first: known === undefined };
  if (news === 'fixed') return [{ ...common, section: 'fixed', news, rings: true, first: false }];
  if (!work || life.phase !== 'confirmed') return [];
  const standing = standingOf(finding, known);
  const rung = rungOn(rungs, standing, day);
  // Who only watches is told what is new and what is late, and reminded of nothing else.
  const reached = role === 'operate' || rung === 'first' || rung === 'overdue' ? rung : undefined;
  // What is only said again leaves the reader in peace for some days after a letter; a claim waits for the next run, ours to make.
  const rings =
    (reached !== undefined && finding.state !== 'claimed-fixed' && (known === undefined || !isPause(past, input))) ||
    (news !== undefined && known !== undefined);
  const section = sectionOf(finding, news, input, reached !== undefined || joins(rungs, standing, day));
  return section === undefined ? [] : [{ ...common, section, ...(news === undefined ? {} : { news }), rings }];
}

function isPause({ letter }: Past, { day, pause }: DigestInput): boolean {
  return letter !== undefined && daysBetween(letter.day, day) < pause;
}

function sectionOf(
  finding: TrackedFinding,
  news: Candidate['news'],
  input: DigestInput,
  asked: boolean,
): Section | undefined {
  if (news !== undefined) return 'news';
  if (finding.daysLate > 0) return 'overdue';
  if (soon(finding, input)) return 'soon';
  return asked ? 'reminder' : undefined;
}

/** A waiver that ends soon: told on the days before its end that the settings name, and in any letter that goes anyway. */
function lapseOf(owned: Owned, told: ReadonlyMap<string, Told>, { day, lapsing }: DigestInput): Candidate | undefined {
  const { finding } = owned;
  const until = finding.asideUntil;
  const left = until === undefined ? undefined : daysBetween(day, until);
  if (until === undefined || left === undefined || left > Math.max(-1, ...lapsing)) return undefined;
  const before = told.get(`lapse ${finding.life.id}`);
  const lastLeft = before?.of === until ? left + daysBetween(before.lastOn, day) : Number.POSITIVE_INFINITY;
  const rings = lapsing.some((days) => left <= days && lastLeft > days);
  return {
    ...owned,
    section: 'lapsing',
    rings,
    told: [{ kind: 'lapse', finding: finding.life.id, of: until }],
    first: false,
  };
}

function standingOf({ life, state, due }: TrackedFinding, known: Told | undefined): Standing {
  return {
    opened: dayOf(life.openedAt),
    ...(due === undefined ? {} : { due: due.on }),
    ...(known === undefined ? {} : { told: { lastOn: known.lastOn, times: known.times } }),
    unanswered: state === 'open' || state === 'reopened',
  };
}

function rungsOf({ life }: TrackedFinding, { ladder }: DigestInput): Rungs | undefined {
  return life.severity === 'info' ? undefined : ladder[life.severity];
}

function isWork({ life, state }: TrackedFinding, { work }: DigestInput): boolean {
  return life.severity !== 'info' && life.phase === 'confirmed' && work.has(state);
}

function soon(finding: TrackedFinding, input: DigestInput): boolean {
  const rungs = rungsOf(finding, input);
  return rungs !== undefined && isDueSoon(rungs, finding.due?.on, input.day);
}
