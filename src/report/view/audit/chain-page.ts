import { verdicts } from '../../../model/assessment.ts';
import { outcomes } from '../../../model/check.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import type { PageRef } from '../../page-ref.ts';
import { filterOf, wordSelect, type Filter } from '../filter.ts';
import { layerClaims, type LayerView } from '../layer-claims.ts';
import { verdictMark, type Mark } from '../mark.ts';
import { nameOf, type Name } from '../name.ts';
import { organisation } from '../matrix.ts';
import type { Assessed, ReportIndex, SystemFile } from '../report-index.ts';
import { runHashes, type ScanView } from '../scan.ts';
import { counts, coverage, urgency, verdictWord, type Count, type CoverageView } from '../tally.ts';
import { proofs, type Cited, type Proof } from './proofs.ts';

/** One obligation of one system: what the text asks, the claim with its date, the evidence with its date, the verdict. */
export type ChainRow = {
  readonly title: Text;
  readonly asks: Text;
  readonly instrument: string;
  readonly clause: string | null;
  readonly certainty: Message;
  readonly binding: boolean;
  readonly layer: number | null;
  readonly claim: {
    readonly said: Message;
    readonly document: string | null;
    readonly on: string | null;
    readonly until: string | null;
  };
  readonly verdict: string;
  readonly mark: Mark;
  readonly because: Message | null;
  readonly evidenceAt: string | null;
  readonly coverage: CoverageView;
  readonly cited: readonly Cited[];
  readonly manual: Text | null;
};

/** What an auditor follows of one system, from the text to the hash of what was observed. */
export type ChainPage = {
  readonly name: Name;
  readonly system: PageRef;
  readonly owner: Name;
  readonly asOf: string;
  readonly counts: readonly Count[];
  readonly layers: readonly LayerView[];
  readonly rows: readonly ChainRow[];
  readonly filter: Filter;
  readonly proofs: readonly Proof[];
  readonly proofFilter: Filter;
  /** The run and what it was judged by; texts in full stand on the auditor's page. */
  readonly run: string;
  readonly hashes: ScanView['hashes'];
  readonly laws: PageRef;
};

/** Decides everything that the page of one system's chain shows. */
export function chainPage(index: ReportIndex, file: SystemFile): ChainPage {
  const { all, cited } = proofs(index, file);
  const rows = file.assessed
    .filter(({ assessment }) => assessment.verdict !== 'not-applicable')
    .map((one) => ({ one, binding: one.framework.kind !== 'good-practice' }))
    .toSorted(
      (a, b) =>
        Number(b.binding) - Number(a.binding) ||
        urgency.indexOf(a.one.assessment.verdict) - urgency.indexOf(b.one.assessment.verdict),
    )
    .map(({ one }) => rowOf(one, cited));
  const layers = ['1', '2', '3', '4'];
  const run = index.data.run.id;
  return {
    name: nameOf(file.system),
    system: { page: 'system', id: file.system.id },
    owner: nameOf(organisation(index, file.system.owner)),
    asOf: index.data.run.endedAt ?? index.data.run.startedAt,
    counts: counts(file.tally),
    layers: layerClaims(index, file),
    rows,
    filter: filterOf('chuoi', run, [
      wordSelect('v', 'shell.filter.verdict', verdicts, new Set(rows.map(({ verdict }) => verdict)), (value) =>
        message(`words.verdict.${value}`),
      ),
      wordSelect('l', 'shell.filter.of-layer', layers, new Set(rows.map(({ layer }) => String(layer))), (n) =>
        message('shell.chain.one-layer', { n }),
      ),
    ]),
    proofs: all,
    proofFilter: filterOf('bang-chung', run, [
      wordSelect('v', 'shell.filter.outcome', outcomes, new Set(all.map(({ outcome }) => outcome)), (value) =>
        message(`words.outcome.${value}`),
      ),
    ]),
    run,
    hashes: runHashes(index.data.run),
    laws: { page: 'audit', hash: 'van-ban' },
  };
}

function rowOf({ assessment, obligation, framework }: Assessed, cited: (of: ChainFinding) => Cited | null): ChainRow {
  const { claim, verdict, because } = assessment;
  return {
    title: obligation.title,
    asks: obligation.asks,
    instrument: obligation.cite.instrument,
    clause: assessment.clause ?? obligation.cite.clause ?? null,
    certainty: message(`words.certainty.${obligation.cite.certainty}`),
    binding: framework.kind !== 'good-practice',
    layer: obligation.layer ?? null,
    claim: {
      said: message(
        claim === undefined
          ? `shell.chain.${obligation.proof === 'claim' ? 'claim-none' : 'not-claimed'}`
          : `shell.chain.claim-${claim.says ? 'yes' : 'no'}`,
      ),
      document: claim?.document ?? null,
      on: claim?.on ?? null,
      until: claim?.until ?? null,
    },
    verdict,
    mark: { ...verdictMark(verdict), word: verdictWord(verdict) },
    because: because === undefined ? null : message(`frameworks.because-${because}`),
    evidenceAt: assessment.evidenceAt ?? null,
    coverage: coverage([assessment.coverage]),
    cited: assessment.findings.flatMap((of) => cited(of) ?? []),
    manual: obligation.manual ?? null,
  };
}

type ChainFinding = Assessed['assessment']['findings'][number];
