import type { Inventory } from '../../model/inventory.ts';
import { dayOf, provinceOffsetMs } from '../../model/day.ts';
import type { Schedule, Turn, TurnReason } from '../../model/schedule.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';
import { shownDay } from '../tasks-words.ts';

/** For people: how many are due and what is owed, then system by system, those due first come first. */
export function printSchedule(output: Output, schedule: Schedule, inventory: Inventory): void {
  const { say, colors } = output;
  const { turns, day, zone } = schedule;
  if (turns.length === 0) {
    output.line(say('schedule.none'));
    return;
  }
  const due = turns.filter(({ because }) => because[0].on <= day);
  const held = due.filter(({ hold }) => hold !== 'due');
  output.line(
    colors.bold(
      say('schedule.answer', {
        zone: safeText(zone),
        day: shownDay(day),
        due: due.length,
        all: turns.length,
        held: held.length,
      }),
    ),
  );
  for (const [why, those] of Map.groupBy(held, ({ hold }) => hold ?? 'due')) {
    output.line(`  ${say('schedule.held', { count: those.length, why: say(`schedule.hold-${why}`) })}`);
  }
  output.line(schedule.debt.systems === 0 ? say('schedule.no-debt') : say('schedule.debt', schedule.debt));
  if (schedule.excludedSystems > 0) output.line(say('schedule.excluded', { count: schedule.excludedSystems }));
  const names = new Map(inventory.systems.map((system) => [system.id, nameOf(output, system)]));
  const coming = turns.filter(({ because }) => because[0].on > day);
  for (const [title, those] of [
    ['due', due],
    ['coming', coming],
  ] as const) {
    if (those.length === 0) continue;
    output.line();
    output.line(colors.bold(say(`schedule.section-${title}`)));
    for (const turn of those) printTurn(output, turn, names.get(turn.system) ?? turn.system, schedule);
  }
}

function nameOf({ lang }: Output, { name, nameEn }: Inventory['systems'][number]): string {
  return safeText(lang === 'en' ? (nameEn ?? name) : name);
}

function printTurn(output: Output, turn: Turn, name: string, { at }: Schedule): void {
  const { say, colors } = output;
  const [first, ...rest] = turn.because;
  const late = turn.debtDays === 0 ? '' : ` ${colors.red(say('schedule.late', turn.debt))}`;
  output.line(`  ${shownDay(first.on)}  ${name} ${colors.dim(safeText(turn.system))}${late}`);
  const { last } = turn;
  const look =
    last === null || first.kind === 'never-looked'
      ? []
      : [say('schedule.last', { day: shownDay(dayOf(last.at)), seen: last.seen, needed: last.needed })];
  output.line(`      ${[reasonOf(output, first), ...look].join(' · ')}`);
  output.line(`      ${[whenOf(output, turn, at), ...closedOf(output, turn)].join(' · ')}`);
  if (rest.length > 0) {
    const reasons = rest.map((reason) => `${reasonOf(output, reason)} (${shownDay(reason.on)})`).join('; ');
    output.line(colors.dim(`      ${say('schedule.also', { reasons })}`));
  }
}

function whenOf({ say }: Output, turn: Turn, at: string): string {
  const { next, hold } = turn;
  const why = hold === null || hold === 'due' ? [] : [say(`schedule.hold-${hold}`)];
  if (next === null)
    return (
      [...why, ...(hold === 'due' || turn.closed < turn.endpoints ? [] : [say('schedule.no-opening')])].join(', ') ||
      say('schedule.hold-due')
    );
  const document = safeText(next.document.number);
  const when =
    next.from <= at ? say('schedule.now', { document }) : say('schedule.from', { at: clockOf(next.from), document });
  return [...why, when].join(', ');
}

function closedOf({ say }: Output, { closed, endpoints }: Turn): readonly string[] {
  return closed === 0 || closed === endpoints ? [] : [say('schedule.closed', { closed, endpoints })];
}

function reasonOf({ say }: Output, reason: TurnReason): string {
  const { kind, cite, binding } = reason;
  const source = cite === undefined ? '' : safeText([cite.instrument, cite.clause].filter(Boolean).join(' '));
  return say(`schedule.because-${kind}${binding === false ? '-later' : ''}`, {
    source,
    months: reason.months ?? 0,
    targets: reason.targets ?? 0,
    task: safeText(reason.task ?? ''),
    last: reason.last === undefined ? '' : shownDay(reason.last),
    severity: reason.severity === undefined ? '' : say(`words.severity.${reason.severity}`),
  });
}

/** `25/11/2026 22:00` on the province's clock. */
export function clockOf(at: string): string {
  const time = new Date(Date.parse(at) + provinceOffsetMs).toISOString().slice(11, 16);
  return `${shownDay(dayOf(at))} ${time}`;
}
