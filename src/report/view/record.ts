import type { OfficialDocument } from '../../model/inventory/common.ts';
import { message, type Message } from '../../model/text.ts';
import { documentView, type DocumentView } from './document.ts';
import { nameOf, type Name } from './name.ts';
import type { ReportIndex, SystemFile } from './report-index.ts';

/** One line of what the owner declares of the dossier. */
export type RecordRow = {
  readonly word: Message;
  readonly said: Message | null;
  readonly day: string | null;
  readonly document: DocumentView | null;
  readonly organisation: Name | null;
  /** The owner's own words, Vietnamese. */
  readonly text: string | null;
  readonly warn: boolean;
};

/** A change of the dossier, oldest first. */
export type RecordChange = {
  readonly on: string;
  readonly by: string;
  readonly level: Message | null;
  readonly dossier: Message | null;
  readonly document: DocumentView | null;
  readonly note: string | null;
};

/** What the inventory holds of a system's dossier beyond its level: each as a row, none for what it does not hold. */
export function recordRows(index: ReportIndex, { system }: SystemFile): readonly RecordRow[] {
  const claimed = system.classification;
  if (claimed === undefined) return [];
  const { appraisal, redetermine, implementation, operation, nationalSecurityList: list } = claimed;
  const by = index.organisations.get(appraisal?.by ?? '');
  const rows: readonly (RecordRow | null)[] = [
    row('submitted', { day: claimed.submitted }),
    row('returned', { day: claimed.returned, warn: true }),
    row('accepted', { day: claimed.accepted }),
    row('appraisal', {
      document: appraisal?.document,
      organisation: by === undefined ? undefined : nameOf(by),
      said: appraisal && message(`owner.record.conclusion-${appraisal.conclusion}`),
      warn: appraisal?.conclusion === 'chua-phu-hop',
    }),
    row('council', { document: appraisal?.council }),
    row('approval-received', { day: claimed.approvalReceived }),
    row('redetermine', { day: redetermine?.since, text: redetermine?.reason, warn: true }),
    row('implementation', {
      said: implementation && message(`owner.record.implementation-${implementation.state}`),
      day: implementation?.expected,
    }),
    row('operation', {
      said: operation && message(`owner.record.operation-${operation.state}`),
      day: operation?.since,
    }),
    ...(claimed.inspections ?? []).map(({ kind, document }) =>
      row('inspection', { said: message(`owner.record.inspection-${kind}`), document }),
    ),
    row('national-list', { said: list && message(`owner.record.national-${list.state}`), document: list?.document }),
    row('regulation-followed', {
      said:
        claimed.regulationFollowed === undefined
          ? undefined
          : message(`owner.record.followed-${claimed.regulationFollowed ? 'yes' : 'no'}`),
      warn: claimed.regulationFollowed === false,
    }),
    ...Object.entries(claimed.documents ?? {}).map(([part, document]) => row(`document-${part}`, { document })),
  ];
  return rows.filter((one) => one !== null);
}

/** The dossier's history; drawn here where no panel of levels draws it. */
export function recordHistory({ system }: SystemFile): readonly RecordChange[] {
  return (system.classification?.history ?? []).map(({ on, by, level, dossier, document, note }) => ({
    on,
    by,
    level: level === undefined ? null : message(`words.level.${level}`),
    dossier: dossier === undefined ? null : message(`words.dossier.${dossier}`),
    document: documentView(document),
    note: note ?? null,
  }));
}

type Parts = {
  readonly said?: Message | undefined;
  readonly day?: string | undefined;
  readonly document?: OfficialDocument | undefined;
  readonly organisation?: Name | undefined;
  readonly text?: string | undefined;
  readonly warn?: boolean;
};

function row(word: string, { said, day, document, organisation, text, warn }: Parts): RecordRow | null {
  if (said === undefined && day === undefined && document === undefined) return null;
  return {
    word: message(`owner.record.${word}`),
    said: said ?? null,
    day: day ?? null,
    document: documentView(document),
    organisation: organisation ?? null,
    text: text ?? null,
    warn: warn ?? false,
  };
}
