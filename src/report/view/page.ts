import { dayOf } from '../../model/day.ts';
import type { Message } from '../../model/text.ts';
import { formatDay } from '../format.ts';
import type { PageRef } from '../page-ref.ts';
import { auditPage, type AuditPage } from './audit/audit-page.ts';
import { chainPage, type ChainPage } from './audit/chain-page.ts';
import { guidePage, type GuidePage } from './guide-page.ts';
import { organisation } from './matrix.ts';
import { nameOf, type Name } from './name.ts';
import { taskHoldings, type TaskHoldings } from './own-tasks.ts';
import {
  holdings,
  organisationIds,
  organisationPage,
  type Holdings,
  type OrganisationPage,
} from './organisation-page.ts';
import { provincePage, type ProvincePage } from './province-page.ts';
import { remediationPage, type RemediationPage } from './remediation-page.ts';
import { reportIndex, type ReportIndex, type SystemFile } from './report-index.ts';
import { systemPage, type SystemPage } from './system-page.ts';
import type { ReportData } from '../../model/report-data.ts';
import { message } from '../../model/text.ts';

/** A page before it is drawn: what stands around it, and its own view. */
export type Page = {
  readonly ref: PageRef;
  /** Name of the thing the page is about; null for the guide. */
  readonly subject: Name | null;
  readonly title: Message;
  readonly province: Name;
  readonly asOf: string;
  /** The way down to this page, without the page itself. */
  readonly trail: readonly { readonly name: Name; readonly ref: PageRef }[];
  readonly contents: readonly { readonly hash: string; readonly label: Message }[];
  /** The auditor's page; null in a report for one owner, which has none. */
  readonly audit: PageRef | null;
  /** Said on every page of a run whose raw observations were removed. */
  readonly pruned: { readonly day: string; readonly months: number } | null;
} & (
  | { readonly template: 'province'; readonly view: ProvincePage }
  | { readonly template: 'organisation'; readonly view: OrganisationPage }
  | { readonly template: 'remediation'; readonly view: RemediationPage }
  | { readonly template: 'system'; readonly view: SystemPage }
  | { readonly template: 'audit'; readonly view: AuditPage }
  | { readonly template: 'guide'; readonly view: GuidePage }
  | { readonly template: 'chain'; readonly view: ChainPage }
);

/**
 * All pages of a report, one after another; each is made when it is asked for and kept by nobody. With `owner`, the data
 * are that organisation's alone (`ownData`), and its remediation report stands in front, in place of the province. A copy that travels
 * has the province's and the guide alone, and with `only` there are these and the auditor's.
 */
export function* pages(
  data: ReportData,
  { owner, travelling = false, only }: PagesOptions = {},
  index: ReportIndex = reportIndex(data),
): Generator<Page> {
  if (owner === undefined) yield* ofProvince(index, travelling, only);
  else yield* ofOwner(index, owner);
}

export type PagesOptions = { readonly owner?: string; readonly travelling?: boolean; readonly only?: 'province' };

type Around = Pick<Page, 'province' | 'asOf' | 'audit' | 'pruned'>;
type Home = Page['trail'][number];

function aroundOf({ data }: ReportIndex, audit: PageRef | null): Around {
  const { pruned } = data.run;
  return {
    province: nameOf(data.inventory.province),
    asOf: data.run.endedAt ?? data.run.startedAt,
    audit,
    pruned: pruned === undefined ? null : { day: formatDay(dayOf(pruned.at)), months: pruned.months },
  };
}

function* ofProvince(index: ReportIndex, travelling: boolean, only: PagesOptions['only']): Generator<Page> {
  const around = aroundOf(index, travelling ? null : { page: 'audit' });
  const { province } = around;
  const home = { name: province, ref: { page: 'province' } as const };
  yield {
    ...around,
    ref: home.ref,
    subject: province,
    title: message('report.title.province'),
    trail: [],
    contents: contents('province', [
      'lop',
      'phoi-ra',
      'co-quan',
      'cap-do',
      'thoi-han',
      ...(index.lives === null ? [] : ['dien-bien']),
      'viec-can-lam',
      'chua-quan-sat',
      'luot-ra-soat',
      'he-thong',
    ]),
    template: 'province',
    view: provincePage(index),
  };
  if (travelling) {
    yield guide(around, home);
    return;
  }
  yield {
    ...around,
    ref: { page: 'audit' },
    subject: province,
    title: message('report.title.audit'),
    trail: [home],
    contents: contents('audit', ['cap-do', 'lop', 'doi-chieu', 'ho-so', 'cau-hoi', 'van-ban', 'kiem-chung']),
    template: 'audit',
    view: auditPage(index),
  };
  yield guide(around, home);
  if (only !== undefined) return;
  const held = holdings(index);
  const tasks = taskHoldings(index);
  for (const id of organisationIds(index)) {
    const ref: PageRef = { page: 'remediation', id };
    const has = holds(held, id);
    yield organisationOf(index, around, home, { id, held, tasks, remediation: has ? ref : null });
    if (!has) continue;
    const up = { name: nameOf(organisation(index, id)), ref: { page: 'organisation', id } as const };
    yield remediation(index, around, [home, up], { id, held, tasks, ref });
  }
  for (const file of index.files) yield chain(index, around, home, file);
  yield* systems(index, around, home, tasks);
}

/** The remediation report first, then what it leads to. */
function* ofOwner(index: ReportIndex, owner: string): Generator<Page> {
  const around = aroundOf(index, null);
  const held = holdings(index);
  const tasks = taskHoldings(index);
  const home: Home = { name: nameOf(organisation(index, owner)), ref: { page: 'province' } };
  yield remediation(index, around, [], { id: owner, held, tasks, ref: home.ref });
  yield guide(around, home);
  for (const id of organisationIds(index)) {
    yield organisationOf(index, around, home, { id, held, tasks, remediation: id === owner ? home.ref : null });
  }
  yield* systems(index, around, home, tasks, owner);
}

function holds(held: Holdings, id: string): boolean {
  const { owned, operated } = held.get(id) ?? { owned: [], operated: [] };
  return owned.length + operated.length > 0;
}

function guide(around: Around, home: Home): Page {
  return {
    ...around,
    ref: { page: 'guide' },
    subject: null,
    title: message('report.title.guide'),
    trail: [home],
    contents: contents('guide', [
      'doc-nhanh',
      'ket-qua',
      'ket-luan',
      'do-phu',
      'ngay',
      'gioi-han',
      'bon-lop',
      'cap-do',
      'muc-do',
      'nguyen-nhan',
      'can-cu',
      'thuat-ngu',
    ]),
    template: 'guide',
    view: guidePage(),
  };
}

type Of = { readonly id: string; readonly held: Holdings; readonly tasks: TaskHoldings };

function remediation(
  index: ReportIndex,
  around: Around,
  trail: Page['trail'],
  { id, held, tasks, ref }: Of & { readonly ref: PageRef },
): Page {
  return {
    ...around,
    ref,
    subject: nameOf(organisation(index, id)),
    title: message('owner.title'),
    trail,
    contents: ['giao-viec', 'he-thong', 'viec-can-lam', 'da-khac-phuc', 'chua-quan-sat', 'tra-loi'].map((hash) => ({
      hash,
      label: message(`owner.section.${hash}`),
    })),
    template: 'remediation',
    view: remediationPage(index, id, held, tasks),
  };
}

function organisationOf(
  index: ReportIndex,
  around: Around,
  home: Home,
  { id, held, tasks, remediation: to }: Of & { readonly remediation: PageRef | null },
): Page {
  const view = organisationPage(index, id, held, tasks, to);
  return {
    ...around,
    ref: { page: 'organisation', id },
    subject: nameOf(organisation(index, id)),
    title: message('report.title.organisation'),
    trail: [home],
    contents: contents('organisation', [
      'he-thong',
      'nhiem-vu',
      'viec-can-lam',
      ...(view.life === null ? [] : ['dien-bien']),
      'chua-quan-sat',
      'dau-moi',
    ]),
    template: 'organisation',
    view,
  };
}

/** `reader`: whom the report is for; home is theirs already. */
function* systems(
  index: ReportIndex,
  around: Around,
  home: Home,
  tasks: TaskHoldings,
  reader?: string,
): Generator<Page> {
  for (const file of index.files) {
    const { owner } = file.system;
    yield {
      ...around,
      ref: { page: 'system', id: file.system.id },
      subject: nameOf(file.system),
      title: message('report.title.system'),
      trail:
        owner === reader
          ? [home]
          : [home, { name: nameOf(organisation(index, owner)), ref: { page: 'organisation', id: owner } }],
      contents: contents('system', [
        'viec-can-lam',
        ...(index.lives === null ? [] : ['dien-bien']),
        'diem-truy-cap',
        'chua-quan-sat',
        'nghia-vu',
        'lop',
        'nhiem-vu',
        ...(index.data.levels === undefined ? [] : ['cap-do']),
        'ho-so',
        'da-xem',
        'chi-phi',
      ]),
      template: 'system',
      view: systemPage(index, file, tasks),
    };
  }
}

/** Sections whose headings stand among the shell's sentences. */
const ofShell: ReadonlySet<string> = new Set([
  'province-phoi-ra',
  'guide-doc-nhanh',
  'guide-ngay',
  'guide-bon-lop',
  'guide-cap-do',
  'chain-lop',
  'chain-chuoi',
  'chain-bang-chung',
  'chain-can-cu',
]);

function contents(page: PageRef['page'], hashes: readonly string[]): Page['contents'] {
  return hashes.map((hash) => {
    const section = `${page}-${hash}`;
    return { hash, label: message(`${ofShell.has(section) ? 'shell' : 'report'}.section.${section}`) };
  });
}

/** What an auditor follows of one system, from the verdict to the bytes. */
function chain(index: ReportIndex, around: Around, home: Home, file: SystemFile): Page {
  const { system } = file;
  return {
    ...around,
    ref: { page: 'chain', id: system.id },
    subject: nameOf(system),
    title: message('shell.title.chain'),
    trail: [
      home,
      { name: nameOf(organisation(index, system.owner)), ref: { page: 'organisation', id: system.owner } },
      { name: nameOf(system), ref: { page: 'system', id: system.id } },
    ],
    contents: contents('chain', ['lop', 'chuoi', 'bang-chung', 'can-cu']),
    template: 'chain',
    view: chainPage(index, file),
  };
}
