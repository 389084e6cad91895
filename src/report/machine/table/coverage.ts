import { nameOf } from '../../view/name.ts';
import { organisation } from '../../view/matrix.ts';
import { groupBy, type SystemFile } from '../../view/report-index.ts';
import { checkCoverage } from '../../view/tally.ts';
import { failureWord, unseen } from '../../view/unseen.ts';
import type { Ledger } from '../ledger.ts';
import { say } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import { tableOf, type Column, type Table } from './table.ts';

type Row = { readonly owner: string; readonly files: readonly SystemFile[] };

/** One owner a row: how much was seen of what was needed, and what stood in the way most often. */
export function coverageTable(of: Ledger, tell: Tell): Table {
  const owners = groupBy(of.index.files, ({ system }) => system.owner);
  const rows = [...owners].map(([owner, files]) => ({ owner, files }));
  return tableOf('coverage', columns(of, tell), rows);
}

function columns({ index }: Ledger, tell: Tell): readonly Column<Row>[] {
  const covered = ({ files }: Row) => checkCoverage(files.flatMap(({ findings }) => findings));
  return [
    { key: 'owner', of: ({ owner }) => tell.name(nameOf(organisation(index, owner))), most: 50 },
    { key: 'systems', of: ({ files }) => files.length },
    { key: 'systems_not_looked_at', of: ({ files }) => files.filter(({ findings }) => findings.length === 0).length },
    { key: 'checks_observed', of: (row) => covered(row).seen },
    { key: 'checks_needed', of: (row) => covered(row).needed },
    { key: 'percent', of: (row) => covered(row).percent },
    {
      key: 'causes',
      of: ({ files }) =>
        unseen(files)
          .causes.filter(({ findings }) => findings > 0)
          .map(({ code, findings }) => `${say(tell, failureWord(code))}: ${String(findings)}`)
          .join('; '),
      most: 70,
    },
  ];
}
