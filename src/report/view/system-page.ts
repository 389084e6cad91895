import type { Kind, Observation, Seen, ObservationOf } from '../../model/observation.ts';
import { message, type Message } from '../../model/text.ts';
import type { PageRef } from '../page-ref.ts';
import { answer, clause, type Clause } from './answer.ts';
import { documentView, type DocumentView } from './document.ts';
import { changes, notObserved, quietFindings, setAsideFindings } from './findings.ts';
import type { ChangeView, NotObservedView, QuietCheck, WaivedView } from './findings.ts';
import { headersPanel, type HeadersPanel } from './headers-panel.ts';
import { layerClaims, type LayerView } from './layer-claims.ts';
import { systemLife, type SystemLife } from './life/system-life.ts';
import { levelPanel, type LevelPanel } from './level-panel.ts';
import { verdictMark, type Mark } from './mark.ts';
import { organisation } from './matrix.ts';
import { nameOf, type Name } from './name.ts';
import { obligations, type FrameworkView } from './obligations.ts';
import { ownTasks, taskHoldings, type OwnTask, type TaskHoldings } from './own-tasks.ts';
import { portsPanel, type PortsPanel } from './ports-panel.ts';
import type { ReportIndex, SystemFile } from './report-index.ts';
import { failing } from './system-list.ts';
import { softwarePanel, type SoftwarePanel } from './software-panel.ts';
import { checkCoverage, counts, total, type Count, type CoverageView } from './tally.ts';
import { targetRows, type TargetRow } from './targets.ts';
import { tlsPanel, type TlsPanel } from './tls-panel.ts';

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
  readonly changes: readonly ChangeView[];
  readonly open: number;
  readonly waived: readonly WaivedView[];
  readonly life: SystemLife | null;
  readonly falsePositives: readonly WaivedView[];
  readonly notObserved: readonly NotObservedView[];
  readonly blind: number;
  readonly quiet: readonly QuietCheck[];
  readonly targets: readonly TargetRow[];
  /** Stands where a panel has nothing to show. */
  readonly nothingSeen: Message;
  readonly tls: readonly TlsPanel[];
  readonly headers: readonly HeadersPanel[];
  readonly ports: readonly PortsPanel[];
  readonly software: readonly SoftwarePanel[];
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
  const changeViews = changes(file);
  const closed = system.stateSecret === true && system.stateSecretPermit === undefined;
  const assessed = new Map((index.data.software ?? []).map((one) => [one.target, one]));
  const targets = new Map(file.targets.map((target) => [target.key, target]));
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
    targets: closed ? [] : targetRows(file),
    nothingSeen: message('report.panel-none'),
    tls: seen(file.observations, 'tls').map(tlsPanel),
    headers: seen(file.observations, 'http').map(headersPanel),
    ports: seen(file.observations, 'ports').map((one) => portsPanel(one, targets.get(one.target))),
    software: seen(file.observations, 'software').map((one) => softwarePanel(one, assessed.get(one.target))),
    costs: file.costs.map((cost) => ({
      address: cost.address,
      connections: cost.connections,
      datagrams: cost.datagrams,
      bytes: cost.bytesSent + cost.bytesReceived,
      peak: cost.peakPerSecond,
      refused: cost.refusedByGuard,
    })),
    webCosts: seen(file.observations, 'http').flatMap(({ target, facts: { requests } }): WebCostRow[] => {
      if (requests === undefined) return [];
      const { made, most, leftOut, stopped } = requests;
      return [{ target, made, most, leftOut, stopped: stopped ? message(`words.failure.${stopped.code}`) : null }];
    }),
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
