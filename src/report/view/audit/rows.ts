import type { LayerStatus } from '../../../model/layer-status.ts';
import type { SystemLevel } from '../../../model/level.ts';
import { message, type Message, type Text } from '../../../model/text.ts';
import type { PageRef } from '../../page-ref.ts';
import { documentView, type DocumentView } from '../document.ts';
import { layerMark } from '../layer-mark.ts';
import type { Mark } from '../mark.ts';
import { organisation } from '../matrix.ts';
import { nameOf, type Name } from '../name.ts';
import { compare, groupBy, type ReportIndex, type SystemFile } from '../report-index.ts';
import { checkCoverage, type CoverageView } from '../tally.ts';

/**
 * Whether what is claimed and what the evidence says agree. `differ`: a level below or above what its facts ask, a layer that is
 * contradicted, or a dossier that denies itself. `agree`: the level agrees and every layer asked for is proven. Else `open`.
 */
export const agreements = ['differ', 'open', 'agree'] as const;
export type Agreement = (typeof agreements)[number];

/** One system: claim, evidence, and whether they agree. */
export type AuditRow = {
  readonly name: Name;
  readonly ref: PageRef;
  readonly owner: Name;
  readonly agreement: Agreement;
  readonly claimed: number | null;
  readonly asked: {
    readonly level: number | null;
    readonly article: string | null;
    readonly limb: Text | null;
    readonly regime: Message;
    /** Limbs of a higher level that a missing fact leaves open. */
    readonly undecided: number;
  } | null;
  readonly level: Mark | null;
  /** The official word; null where there is none to print. */
  readonly dossier: Message;
  readonly decision: DocumentView | null;
  /** Lớp 1-4; null where nothing is told. */
  readonly layers: readonly (Mark | null)[];
  readonly defects: number;
  readonly questions: number;
  readonly coverage: CoverageView;
  /** Every claim and piece of evidence of the system, with its hash. */
  readonly chain: PageRef;
  /** What a filter may ask of the row, as lists of words. */
  readonly filter: {
    readonly owner: string;
    readonly level: string;
    readonly layers: string;
    readonly weights: string;
  };
};

/** Systems whose claims stand alike to their evidence. */
export type AgreementGroup = {
  readonly agreement: Agreement;
  readonly word: Message;
  readonly mark: Mark['tone'];
  readonly anchor: string;
  readonly open: boolean;
  readonly rows: readonly AuditRow[];
};

const tones = { differ: 'contradicted', open: 'unproven', agree: 'met' } as const satisfies Record<
  Agreement,
  Mark['tone']
>;
const unfolded = 40;

/** Systems as the auditor reads them, those that differ first, by name within. */
export function auditRows(index: ReportIndex): readonly AuditRow[] {
  const levels = new Map((index.data.levels ?? []).map((one) => [one.system, one]));
  const layers = groupBy(index.data.layers ?? [], ({ system }) => system);
  return index.files
    .map((file) => row(index, file, levels.get(file.system.id), layers.get(file.system.id) ?? []))
    .toSorted(
      (a, b) =>
        agreements.indexOf(a.agreement) - agreements.indexOf(b.agreement) ||
        b.defects - a.defects ||
        a.name.vi.localeCompare(b.name.vi, 'vi') ||
        compare(a.ref.id ?? '', b.ref.id ?? ''),
    );
}

/** The rows by agreement; groups that hold nothing are left out. */
export function agreementGroups(rows: readonly AuditRow[]): readonly AgreementGroup[] {
  return agreements.flatMap((agreement) => {
    const of = rows.filter((one) => one.agreement === agreement);
    if (of.length === 0) return [];
    return [
      {
        agreement,
        word: message(`audit.agreement-${agreement}`),
        mark: tones[agreement],
        anchor: `doi-chieu-${agreement}`,
        open: agreement === 'differ' || of.length <= unfolded,
        rows: of,
      },
    ];
  });
}

function row(
  index: ReportIndex,
  file: SystemFile,
  level: SystemLevel | undefined,
  layers: readonly LayerStatus[],
): AuditRow {
  const { system } = file;
  const own = level?.answers.find(({ regime }) => regime === level.regime);
  return {
    name: nameOf(system),
    ref: { page: 'system', id: system.id },
    owner: nameOf(organisation(index, system.owner)),
    agreement: agreementOf(level, layers),
    claimed: level?.claimed ?? system.classification?.level ?? null,
    asked:
      own === undefined || level === undefined
        ? null
        : {
            level: own.level,
            article: own.article,
            limb: own.limb,
            regime: message(`words.regime.${level.regime}`),
            undecided: own.undecided.length,
          },
    level: level === undefined ? null : levelMark(level),
    dossier: message(`words.dossier.${system.classification?.dossier ?? 'none'}`),
    decision: documentView(system.classification?.decision),
    layers: ([1, 2, 3, 4] as const).map((n) => {
      const status = layers.find(({ layer }) => layer === n);
      return status === undefined ? null : layerMark(status.verdict);
    }),
    defects: level?.defects.length ?? 0,
    questions: level?.questions.length ?? 0,
    coverage: checkCoverage(file.findings),
    chain: { page: 'chain', id: system.id },
    filter: {
      owner: system.owner,
      level: String(level?.claimed ?? system.classification?.level ?? 'none'),
      layers: [...new Set(layers.map(({ verdict }) => verdict))].join(' '),
      weights: [...new Set(level?.defects.map(({ weight }) => weight))].join(' '),
    },
  };
}

function agreementOf(level: SystemLevel | undefined, layers: readonly LayerStatus[]): Agreement {
  const denied =
    level?.agrees === 'below' ||
    level?.agrees === 'above' ||
    level?.defects.some(({ weight }) => weight === 'critical' || weight === 'high') === true ||
    layers.some(({ verdict }) => verdict === 'mau-thuan');
  if (denied) return 'differ';
  const asked = layers.filter(({ verdict }) => verdict !== 'khong-ap-dung');
  const proven = asked.length > 0 && asked.every(({ verdict }) => verdict === 'da-chung-minh');
  return level?.agrees === 'yes' && level.questions.length === 0 && proven ? 'agree' : 'open';
}

/** How the level claimed stands to the level its facts ask. */
function levelMark(level: SystemLevel): Mark {
  const tone = {
    yes: 'met',
    below: 'contradicted',
    above: 'contradicted',
    open: 'unproven',
    'not-claimed': 'not-met',
  } as const;
  return { tone: tone[level.agrees], word: message(`audit.level-${level.agrees}`) };
}
