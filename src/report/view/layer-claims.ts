import type { Assessment } from '../../model/assessment.ts';
import type { System } from '../../model/inventory.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { documentView, type DocumentView } from './document.ts';
import { findingAnchors } from './findings.ts';
import { layerStatusView, type LayerStatusView } from './layer-status.ts';
import { layerName } from './layers.ts';
import { verdictMark, type Mark } from './mark.ts';
import { layerNumbers, type Layer, type ReportIndex, type SystemFile } from './report-index.ts';
import { coverage, type CoverageView } from './tally.ts';

/** One detail of a claim: what it is, and what the owner wrote. */
export type ClaimFact = {
  readonly word: Message;
  readonly text: string | null;
  readonly day: string | null;
  readonly said: Message | null;
};

/** One layer of one system: claim and evidence side by side, each with its date. */
export type LayerView = {
  readonly layer: Layer;
  readonly name: Message;
  /** The six words; null for runs whose texts have no rules for the layers. */
  readonly status: LayerStatusView | null;
  readonly claim: {
    readonly said: Message;
    readonly document: DocumentView | null;
    readonly on: string | null;
    readonly until: string | null;
    readonly lapsed: boolean;
    readonly facts: readonly ClaimFact[];
  };
  readonly evidence: {
    /** Null where no framework asks for the layer. */
    readonly mark: Mark | null;
    readonly because: readonly Message[];
    readonly at: string | null;
    readonly coverage: CoverageView;
    readonly against: readonly { readonly anchor: string; readonly target: string; readonly title: Text }[];
  };
};

const shown = 6;

/** The four layers of one system. */
export function layerClaims(index: ReportIndex, file: SystemFile): readonly LayerView[] {
  const anchor = findingAnchors(file);
  const statuses = new Map((index.layersOf.get(file.system.id) ?? []).map((one) => [one.layer, one]));
  const failed = new Map(file.open.map((one) => [`${one.finding.check} ${one.finding.target}`, one]));
  return layerNumbers.map((layer) => {
    const assessments = file.assessed
      .filter(({ obligation, framework }) => obligation.layer === layer && framework.kind !== 'good-practice')
      .map(({ assessment }) => assessment);
    const verdict = file.layers[layer];
    const status = statuses.get(layer);
    const against = assessments
      .flatMap(({ findings }) => findings)
      .flatMap(({ check, target }) => failed.get(`${check} ${target}`) ?? [])
      .slice(0, shown);
    return {
      layer,
      name: layerName(layer),
      status: status === undefined ? null : layerStatusView(index, file, status),
      claim: claimView(file.system, layer, assessments, index.today),
      evidence: {
        mark: verdict === undefined ? null : verdictMark(verdict),
        because: [...new Set(assessments.flatMap(({ because }) => because ?? []))].map((because) =>
          message(`frameworks.because-${because}`),
        ),
        at: assessments.map(({ evidenceAt }) => evidenceAt ?? '').reduce((a, b) => (a > b ? a : b), '') || null,
        coverage: coverage(assessments.map((assessment) => assessment.coverage)),
        against: against.map(({ finding, check }) => ({
          anchor: anchor(finding),
          target: finding.target,
          title: check.title,
        })),
      },
    };
  });
}

function claimView(
  system: System,
  layer: Layer,
  assessments: readonly Assessment[],
  today: string,
): LayerView['claim'] {
  const own = claimOf(system, layer);
  const claim = assessments.find((assessment) => assessment.claim !== undefined)?.claim;
  const until = own?.until ?? claim?.until ?? null;
  return {
    said: message(`report.claim.${own === undefined ? 'none' : own.claimed ? 'yes' : 'no'}`),
    document: documentView(own?.document),
    on: own?.document?.date ?? claim?.on ?? null,
    until,
    lapsed: until !== null && until < today,
    facts: factsOf(system, layer),
  };
}

type Claimed = NonNullable<NonNullable<System['layers']>['onSite' | 'monitoring' | 'assessment' | 'connection']>;

function claimOf(system: System, layer: Layer): Claimed | undefined {
  const names = { 1: 'onSite', 2: 'monitoring', 3: 'assessment', 4: 'connection' } as const;
  return system.layers?.[names[layer]];
}

function factsOf(system: System, layer: Layer): readonly ClaimFact[] {
  const { onSite, monitoring, assessment, connection } = system.layers ?? {};
  const facts: Record<Layer, readonly (ClaimFact | null)[]> = {
    1: [
      text('unit', onSite?.unit),
      text('head', onSite?.head),
      text('phone', onSite?.phone),
      text('email', onSite?.email),
      text('incident-plan', onSite?.incidentPlan?.number),
      day('last-drill', onSite?.lastDrill),
    ],
    2: [
      yes('self-run', monitoring?.selfRun),
      text('provider', monitoring?.provider),
      text('licence', monitoring?.licence),
      day('licence-until', monitoring?.licenceUntil),
      day('from', monitoring?.from),
      yes('round-the-clock', monitoring?.roundTheClock),
      day('last-report', monitoring?.lastReport),
    ],
    3: [
      text('assessor', assessment?.assessor),
      yes('independent', assessment?.independent),
      text('licence', assessment?.licence),
      day('remediated-on', assessment?.remediatedOn),
      day('next-due', assessment?.nextDue),
    ],
    4: [
      connection?.target === undefined
        ? null
        : fact('target', { said: message(`words.connection.${connection.target}`) }),
      day('last-seen', connection?.lastSeen),
      text('log-types', connection?.logTypes?.join(', ')),
      yes('anti-malware-shared', connection?.antiMalwareShared),
    ],
  };
  return facts[layer].filter((one) => one !== null);
}

function fact(key: string, value: Partial<ClaimFact>): ClaimFact {
  return { word: message(`report.claim.${key}`), text: null, day: null, said: null, ...value };
}

function text(key: string, value: string | undefined): ClaimFact | null {
  return value === undefined ? null : fact(key, { text: value });
}

function day(key: string, value: string | undefined): ClaimFact | null {
  return value === undefined ? null : fact(key, { day: value });
}

function yes(key: string, value: boolean | undefined): ClaimFact | null {
  return value === undefined ? null : fact(key, { said: message(`words.${value ? 'yes' : 'no'}`) });
}
