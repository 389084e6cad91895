import type { Kind, Observation, Seen, ObservationOf } from '../../model/observation.ts';
import { message, type Message } from '../../model/text.ts';
import type { PageRef } from '../page-ref.ts';
import { answer, clause, type Clause } from './answer.ts';
import { documentView, type DocumentView } from './document.ts';
import { notObserved, quietFindings, setAsideFindings } from './findings.ts';
import type { NotObservedView, QuietCheck, WaivedView } from './findings.ts';
import { endpointCards, type EndpointCard } from './endpoint/endpoint-cards.ts';
import { recordHistory, recordRows, type RecordChange, type RecordRow } from './record.ts';
import { remedies, type RemedyView } from './remedy/remedy.ts';
import { layerClaims, type LayerView } from './layer-claims.ts';
import { systemLife, type SystemLife } from './life/system-life.ts';
import { levelPanel, type LevelPanel } from './level-panel.ts';
import { verdictMark, type Mark } from './mark.ts';
import { organisation } from './matrix.ts';
import { nameOf, type Name } from './name.ts';
import { obligations, type FrameworkView } from './obligations.ts';
import { ownTasks, taskHoldings, type OwnTask, type TaskHoldings } from './own-tasks.ts';
import type { ReportIndex, SystemFile } from './report-index.ts';
import { failing } from './system-list.ts';
import { checkCoverage, counts, total, type Count, type CoverageView } from './tally.ts';

/** One system's page. */
export type SystemPage = {
  readonly name: Name;
  readonly id: string;
  readonly asOf: string;
  readonly mark: Mark;
  readonly answer: readonly Clause[];
  readonly counts: readonly Count[];
  readonly coverage: CoverageView;
  readonly owner: { readonly name: Name; readonly ref: PageRef };
  readonly operator: { readonly name: Name; readonly ref: PageRef };
  readonly critical: string | null;
  readonly level: Message;
  readonly classified: {
    readonly dossier: Message;
    readonly decision: DocumentView | null;
    /** Approved, the owner says, but names no decision. */
    readonly undocumented: boolean;
    readonly regime: Message | null;
    readonly regulation: DocumentView | null;
    readonly expected: string | null;
    readonly type: Message | null;
    readonly information: readonly Message[];
  } | null;
  /** Null where the judgement is older than laws of levels. */
  readonly levelPanel: LevelPanel | null;
  /** Why nothing of it was looked at, when it may not be. */
  readonly closed: boolean;
  readonly layers: readonly LayerView[];
  readonly frameworks: readonly FrameworkView[];
  readonly tasks: readonly OwnTask[];
  readonly changes: readonly RemedyView[];
  readonly open: number;
  readonly waived: readonly WaivedView[];
  readonly life: SystemLife | null;
  readonly falsePositives: readonly WaivedView[];
  readonly notObserved: readonly NotObservedView[];
  readonly blind: number;
  readonly quiet: readonly QuietCheck[];
  readonly endpoints: readonly EndpointCard[];
  readonly record: readonly RecordRow[];
  /** Empty where the panel of levels shows it. */
  readonly history: readonly RecordChange[];
  /** All addresses together; null where nothing was sent. */
  readonly costTotal: { readonly said: Message; readonly bytes: number; readonly peak: number } | null;
  readonly costs: readonly {
    readonly address: string;
    readonly connections: number;
    /** UDP, from us. */
    readonly datagrams: number;
    readonly bytes: number;
    readonly peak: number;
    readonly refused: number;
  }[];
  readonly webCosts: readonly WebCostRow[];
  readonly costRows: number;
};

/** What one web endpoint received in requests. */
export type WebCostRow = {
  readonly target: string;
  readonly made: number;
  readonly most: number;
  readonly leftOut: number;
  readonly stopped: Message | null;
};

/** Decides everything that one system's page shows. */
export function systemPage(index: ReportIndex, file: SystemFile, held: TaskHoldings = taskHoldings(index)): SystemPage {
  const { system } = file;
  const blind = file.findings.filter(({ outcome }) => outcome === 'not-observed').length;
  const changeViews = remedies(index, [file], { alone: true, unfolded: 1 });
  const closed = system.stateSecret === true && system.stateSecretPermit === undefined;
  const webCosts = webCostRows(file);
  return {
    name: nameOf(system),
    id: system.id,
    asOf: index.data.run.endedAt ?? index.data.run.startedAt,
    mark: verdictMark(file.verdict),
    answer: answer([
      clause('obligations', 'not-met', 'nghia-vu', {
        n: failing(file),
        total: total({ ...file.tally, 'not-applicable': 0 }),
      }),
      // Of what nobody looked at, "nothing to change" and "all 0 observed" would sound like praise.
      ...(file.findings.length === 0
        ? [clause('unlooked', 'unproven', 'chua-quan-sat', {})]
        : [
            clause('changes', 'not-met', 'viec-can-lam', { n: changeViews.length }),
            clause('blind', 'unproven', 'chua-quan-sat', { n: blind, total: file.findings.length }),
          ]),
    ]),
    counts: counts(file.tally),
    coverage: checkCoverage(file.findings),
    owner: { name: nameOf(organisation(index, system.owner)), ref: { page: 'organisation', id: system.owner } },
    operator: {
      name: nameOf(organisation(index, system.operator)),
      ref: { page: 'organisation', id: system.operator },
    },
    critical: system.critical?.basis ?? null,
    level: message(`words.level.${system.classification?.level ?? 'none'}`),
    classified: classified(file),
    levelPanel: levelPanel(index, file),
    closed,
    layers: layerClaims(index, file),
    frameworks: obligations(index, file),
    tasks: ownTasks(index, held.systems.get(system.id) ?? [], { page: 'system', id: system.id }),
    changes: changeViews,
    open: file.open.length,
    waived: setAsideFindings(file, 'waived'),
    falsePositives: setAsideFindings(file, 'false-positive'),
    life: systemLife(index, file),
    notObserved: notObserved(index, file),
    blind,
    quiet: quietFindings(index, file),
    endpoints: closed ? [] : endpointCards(file, index.softwareOf),
    record: recordRows(index, file),
    history: index.levelOf.has(system.id) ? [] : recordHistory(file),
    costTotal: costTotal(file),
    costs: file.costs.map((cost) => ({
      address: cost.address,
      connections: cost.connections,
      datagrams: cost.datagrams,
      bytes: cost.bytesSent + cost.bytesReceived,
      peak: cost.peakPerSecond,
      refused: cost.refusedByGuard,
    })),
    webCosts,
    costRows: file.costs.length + webCosts.length,
  };
}

function webCostRows(file: SystemFile): readonly WebCostRow[] {
  return seen(file.observations, 'http').flatMap(({ target, facts: { requests } }): WebCostRow[] => {
    if (requests === undefined) return [];
    const { made, most, leftOut, stopped } = requests;
    return [{ target, made, most, leftOut, stopped: stopped ? message(`words.failure.${stopped.code}`) : null }];
  });
}

function costTotal({ costs }: SystemFile): SystemPage['costTotal'] {
  const heard = costs.filter(({ connections, datagrams }) => connections + datagrams > 0);
  if (heard.length === 0) return null;
  const connections = heard.reduce((sum, cost) => sum + cost.connections, 0);
  return {
    said: message('owner.cost.total', { addresses: heard.length, connections }),
    bytes: heard.reduce((sum, cost) => sum + cost.bytesSent + cost.bytesReceived, 0),
    peak: heard.reduce((most, cost) => Math.max(most, cost.peakPerSecond), 0),
  };
}

function classified({ system }: SystemFile): SystemPage['classified'] {
  const claimed = system.classification;
  if (claimed === undefined) return null;
  return {
    dossier: message(`words.dossier.${claimed.dossier}`),
    decision: documentView(claimed.decision),
    undocumented: claimed.dossier === 'da-phe-duyet' && claimed.decision === undefined,
    regime: claimed.regime === undefined ? null : message(`words.regime.${claimed.regime}`),
    regulation: documentView(claimed.regulation),
    expected: claimed.expectedApproval ?? null,
    type: claimed.facts?.type === undefined ? null : message(`words.system-type.${claimed.facts.type}`),
    information: (claimed.facts?.information ?? []).map((kind) => message(`words.information.${kind}`)),
  };
}

function seen<K extends Kind>(observations: readonly Observation[], kind: K): readonly (ObservationOf<K> & Seen<K>)[] {
  return observations.filter((one): one is Observation & ObservationOf<K> & Seen<K> => one.kind === kind && one.ok);
}
