import type { Target } from '../../../model/target.ts';
import { message } from '../../../model/text.ts';
import { nameOf } from '../../view/name.ts';
import { groupBy, type SystemFile } from '../../view/report-index.ts';
import { checkCoverage } from '../../view/tally.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Ledger } from '../ledger.ts';
import { say } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import { tableOf, type Column, type Table } from './table.ts';

type Row = {
  readonly file: SystemFile;
  readonly target: Target;
  readonly findings: readonly Finding[];
  readonly failed: number;
};

/** One target a row: what it is, and how much of what was needed was seen there. */
export function targetsTable(of: Ledger, tell: Tell): Table {
  return tableOf('targets', columns(tell), rows(of));
}

function* rows({ systems }: Ledger): Iterable<Row> {
  for (const { file } of systems) {
    const findings = groupBy(file.findings, ({ target }) => target);
    const failed = groupBy(
      file.observations.filter(({ ok }) => !ok),
      ({ target }) => target,
    );
    for (const target of file.targets) {
      yield {
        file,
        target,
        findings: findings.get(target.key) ?? [],
        failed: failed.get(target.key)?.length ?? 0,
      };
    }
  }
}

function columns(tell: Tell): readonly Column<Row>[] {
  return [
    { key: 'system', of: ({ file }) => file.system.id },
    { key: 'system_name', of: ({ file }) => tell.name(nameOf(file.system)), most: 40 },
    { key: 'target', of: ({ target }) => tell.shown(target.key), most: 60 },
    { key: 'kind', of: ({ target }) => target.kind, code: true },
    { key: 'kind_word', of: ({ target }) => say(tell, message(`words.target.${target.kind}`)) },
    { key: 'name', of: ({ target }) => (target.name === undefined ? null : tell.shown(target.name)), most: 40 },
    { key: 'address', of: ({ target }) => (target.address === undefined ? null : tell.shown(target.address)) },
    { key: 'port', of: ({ target }) => target.port ?? null },
    { key: 'fail', of: ({ findings }) => findings.filter(({ outcome }) => outcome === 'fail').length },
    { key: 'checks_observed', of: ({ findings }) => checkCoverage(findings).seen },
    { key: 'checks_needed', of: ({ findings }) => checkCoverage(findings).needed },
    { key: 'looks_failed', of: ({ failed }) => failed },
  ];
}
