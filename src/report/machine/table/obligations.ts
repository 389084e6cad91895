import { message } from '../../../model/text.ts';
import { nameOf } from '../../view/name.ts';
import { verdictWord } from '../../view/tally.ts';
import type { Assessed, SystemFile } from '../../view/report-index.ts';
import type { Ledger } from '../ledger.ts';
import { say } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import { dayCell, instantCell, tableOf, type Column, type Table } from './table.ts';

type Row = { readonly file: SystemFile; readonly assessed: Assessed };

/** One obligation of one system a row: claim and evidence side by side, each with its date. */
export function obligationsTable(of: Ledger, tell: Tell): Table {
  return tableOf('obligations', columns(tell), rows(of));
}

function* rows({ systems }: Ledger): Iterable<Row> {
  for (const { file } of systems) for (const assessed of file.assessed) yield { file, assessed };
}

function columns(tell: Tell): readonly Column<Row>[] {
  return [
    { key: 'system', of: ({ file }) => file.system.id },
    { key: 'system_name', of: ({ file }) => tell.name(nameOf(file.system)), most: 40 },
    { key: 'framework', of: ({ assessed }) => assessed.framework.id, code: true },
    { key: 'instrument', of: ({ assessed }) => tell.shown(assessed.obligation.cite.instrument), most: 30 },
    {
      key: 'clause',
      of: ({ assessed: { assessment, obligation } }) => shown(assessment.clause ?? obligation.cite.clause, tell),
    },
    { key: 'obligation', of: ({ assessed }) => assessed.obligation.id },
    { key: 'title', of: ({ assessed }) => tell.text(assessed.obligation.title), most: 50 },
    { key: 'binding', of: ({ assessed }) => assessed.framework.kind !== 'good-practice' },
    { key: 'layer', of: ({ assessed }) => assessed.obligation.layer ?? null },
    { key: 'verdict', of: ({ assessed }) => assessed.assessment.verdict, code: true },
    { key: 'verdict_word', of: ({ assessed }) => say(tell, verdictWord(assessed.assessment.verdict)) },
    {
      key: 'because',
      of: ({ assessed: { assessment } }) =>
        assessment.because === undefined ? null : say(tell, message(`frameworks.because-${assessment.because}`)),
      most: 50,
    },
    { key: 'claim', of: ({ assessed: { assessment } }) => assessment.claim?.says ?? null },
    { key: 'claim_date', of: ({ assessed: { assessment } }) => dayCell(assessment.claim?.on) },
    { key: 'claim_document', of: ({ assessed: { assessment } }) => shown(assessment.claim?.document, tell), most: 30 },
    { key: 'evidence_at', of: ({ assessed: { assessment } }) => instantCell(assessment.evidenceAt) },
    { key: 'checks_observed', of: ({ assessed: { assessment } }) => assessment.coverage.seen },
    { key: 'checks_needed', of: ({ assessed: { assessment } }) => assessment.coverage.needed },
    { key: 'due_before', of: ({ assessed: { assessment } }) => dayCell(assessment.standing?.before) },
  ];
}

function shown(words: string | undefined, tell: Tell): string | null {
  return words === undefined ? null : tell.shown(words);
}
