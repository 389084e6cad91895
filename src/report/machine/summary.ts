import { verdicts } from '../../model/assessment.ts';
import { severities } from '../../model/check.ts';
import { severityWord } from '../view/actions.ts';
import { deadlines } from '../view/deadlines.ts';
import { nameOf } from '../view/name.ts';
import { scan } from '../view/scan.ts';
import { checkCoverage, urgency, verdictWord } from '../view/tally.ts';
import type { Ledger } from './ledger.ts';
import { say } from './reasons.ts';
import type { Cell } from './table/table.ts';
import type { Tell } from './tell.ts';
import { totalsOf } from './totals.ts';

/** The first sheet: what the run was, and its totals, each beside what it is of. A row of one cell is a heading. */
export function summarySheet(of: Ledger, tell: Tell): readonly (readonly Cell[])[] {
  const { index, inInventory, withheld, feeds } = of;
  const { data, files } = index;
  const told = scan(index);
  const totals = totalsOf(of);
  const covered = checkCoverage(files.flatMap(({ findings }) => findings));
  const tasks = deadlines(index);
  const line = (key: string, cell: Cell): readonly Cell[] => [tell.say(`machine.sum-${key}`), cell];
  return [
    [tell.name(nameOf(data.inventory.province))],
    line('run', told.run),
    line('zone', tell.name(told.zone)),
    line('from', { at: told.from }),
    line('to', told.to === null ? null : { at: told.to }),
    line('complete', tell.say(told.interrupted ? 'words.no' : 'words.yes')),
    line('judged', { at: data.judgedAt }),
    line('tool', told.tool),
    ...(data.run.pruned === undefined ? [] : [line('raw-removed', { at: data.run.pruned.at })]),
    [],
    [tell.say('machine.sum-scope')],
    line('in-inventory', inInventory),
    line('listed', files.length),
    line('withheld', withheld),
    line('excluded', data.excludedSystems),
    [],
    [tell.say('machine.sum-systems', { n: files.length })],
    ...urgency.map((verdict): readonly Cell[] => [say(tell, verdictWord(verdict)), totals.systems[verdict]]),
    [],
    [tell.say('machine.sum-obligations', { n: verdicts.reduce((sum, one) => sum + totals.obligations[one], 0) })],
    ...urgency.map((verdict): readonly Cell[] => [say(tell, verdictWord(verdict)), totals.obligations[verdict]]),
    [],
    [tell.say('machine.sum-findings', { n: totals.findings.fail })],
    ...severities.map((severity): readonly Cell[] => [say(tell, severityWord(severity)), totals.open[severity]]),
    line('waived', totals.waived),
    [],
    [tell.say('machine.sum-coverage')],
    line('observed', covered.seen),
    line('needed', covered.needed),
    line('not-looked-at', files.filter(({ findings }) => findings.length === 0).length),
    [],
    [tell.say('machine.sum-due')],
    line('late', data.track?.tally.late ?? null),
    line('to-mend', data.track?.tally.toMend ?? null),
    line('tasks', tasks.tasks.length),
    line('tasks-overdue', tasks.overdue),
    [],
    [tell.say('machine.sum-cost')],
    line('addresses', told.cost.addresses),
    line('connections', told.cost.connections),
    line('sent', told.cost.sent),
    line('received', told.cost.received),
    line('peak', told.cost.peak),
    ...(feeds.length === 0 ? [] : [[], [tell.say('machine.sum-feeds')]]),
    ...feeds.map(({ feed, date }): readonly Cell[] => [feed, { day: date }]),
  ];
}
