import { groupBy, type SystemFile } from '../../view/report-index.ts';
import { nameOf } from '../../view/name.ts';
import { organisation } from '../../view/matrix.ts';
import { platformsSeen } from '../../view/platform.ts';
import { outcomeMark } from '../../view/mark.ts';
import { severityWord } from '../../view/actions.ts';
import type { FindingEntry, Ledger } from '../ledger.ts';
import { fixOf, reasonOf, say, stateWord } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import { dayCell, instantCell, tableOf, type Column, type Table } from './table.ts';

type Row = { readonly file: SystemFile; readonly entry: FindingEntry; readonly fix: string | null };

/** One finding a row, each outcome with its reason: what could not be told stands beside what failed. */
export function findingsTable(of: Ledger, tell: Tell): Table {
  return tableOf('findings', columns(of, tell), rows(of, tell));
}

function* rows({ systems }: Ledger, tell: Tell): Iterable<Row> {
  for (const { file, findings } of systems) {
    const observations = groupBy(file.observations, ({ target }) => target);
    for (const entry of findings) {
      const { outcome, target } = entry.finding;
      const fix = outcome === 'fail' ? fixOf(entry, platformsSeen(observations.get(target) ?? [])) : undefined;
      yield { file, entry, fix: fix === undefined ? null : tell.text(fix) };
    }
  }
}

function columns({ index }: Ledger, tell: Tell): readonly Column<Row>[] {
  return [
    { key: 'system', of: ({ file }) => file.system.id },
    { key: 'system_name', of: ({ file }) => tell.name(nameOf(file.system)), most: 40 },
    { key: 'owner', of: ({ file }) => tell.name(nameOf(organisation(index, file.system.owner))), most: 40 },
    { key: 'level', of: ({ file }) => file.system.classification?.level ?? null },
    { key: 'target', of: ({ entry }) => tell.shown(entry.finding.target), most: 50 },
    { key: 'check', of: ({ entry }) => entry.finding.check },
    { key: 'title', of: ({ entry }) => tell.text(entry.check.title), most: 50 },
    { key: 'severity', of: ({ entry }) => entry.finding.severity, code: true },
    { key: 'severity_word', of: ({ entry }) => say(tell, severityWord(entry.finding.severity)) },
    { key: 'outcome', of: ({ entry }) => entry.finding.outcome, code: true },
    { key: 'outcome_word', of: ({ entry }) => say(tell, outcomeMark(entry.finding.outcome).word) },
    { key: 'reason', of: ({ entry }) => reasonOf(entry, tell), most: 70 },
    { key: 'fix', of: ({ fix }) => fix, most: 70 },
    { key: 'state', of: ({ entry }) => entry.life?.state ?? null, code: true },
    {
      key: 'state_word',
      of: ({ entry }) => {
        const word = stateWord(entry);
        return word === null ? null : say(tell, word);
      },
    },
    { key: 'first_seen', of: ({ entry }) => dayCell(entry.life?.firstSeen) },
    { key: 'due', of: ({ entry }) => dayCell(entry.life?.due?.on) },
    { key: 'due_by', of: ({ entry }) => dueBy(entry, tell), most: 40 },
    { key: 'days_late', of: ({ entry }) => entry.life?.daysLate ?? null },
    { key: 'set_aside', of: ({ entry }) => entry.aside?.as ?? null, code: true },
    { key: 'set_aside_until', of: ({ entry }) => dayCell(entry.aside?.until) },
    {
      key: 'set_aside_reason',
      of: ({ entry }) => (entry.aside === null ? null : tell.shown(entry.aside.reason)),
      most: 50,
    },
    { key: 'observed_at', of: ({ entry }) => instantCell(entry.finding.at) },
    { key: 'finding', of: ({ entry }) => entry.life?.id ?? null },
    { key: 'place', of: ({ entry }) => entry.place, code: true },
  ];
}

function dueBy({ life }: FindingEntry, tell: Tell): string | null {
  if (life?.due === null || life?.due === undefined) return null;
  const { source, instrument, clause } = life.due;
  return [
    tell.text(source),
    ...(instrument === undefined ? [] : [instrument]),
    ...(clause === undefined ? [] : [clause]),
  ]
    .map((part) => tell.shown(part))
    .join(', ');
}
