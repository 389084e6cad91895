import type { Message } from '../../model/text.ts';
import type { PageRef } from '../page-ref.ts';
import { auditPage, type AuditPage } from './audit/audit-page.ts';
import { chainPage, type ChainPage } from './audit/chain-page.ts';
import { guidePage, type GuidePage } from './guide-page.ts';
import { organisation } from './matrix.ts';
import { nameOf, type Name } from './name.ts';
import { taskHoldings } from './own-tasks.ts';
import { holdings, organisationIds, organisationPage, type OrganisationPage } from './organisation-page.ts';
import { provincePage, type ProvincePage } from './province-page.ts';
import { reportIndex } from './report-index.ts';
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
} & (
  | { readonly template: 'province'; readonly view: ProvincePage }
  | { readonly template: 'organisation'; readonly view: OrganisationPage }
  | { readonly template: 'system'; readonly view: SystemPage }
  | { readonly template: 'audit'; readonly view: AuditPage }
  | { readonly template: 'guide'; readonly view: GuidePage }
  | { readonly template: 'chain'; readonly view: ChainPage }
);

/**
 * All pages of a report, one after another; each is made when it is asked for and kept by nobody. A copy that travels has the
 * province's and the guide alone.
 */
export function* pages(data: ReportData, travelling = false): Generator<Page> {
  const index = reportIndex(data);
  const province = nameOf(data.inventory.province);
  const around = { province, asOf: data.run.endedAt ?? data.run.startedAt };
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
      'viec-can-lam',
      'chua-quan-sat',
      'luot-ra-soat',
      'he-thong',
    ]),
    template: 'province',
    view: provincePage(index),
  };
  if (!travelling) {
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
  }
  yield {
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
  if (travelling) return;
  const held = holdings(index);
  const tasks = taskHoldings(index);
  for (const id of organisationIds(index)) {
    yield {
      ...around,
      ref: { page: 'organisation', id },
      subject: nameOf(organisation(index, id)),
      title: message('report.title.organisation'),
      trail: [home],
      contents: contents('organisation', ['he-thong', 'nhiem-vu', 'viec-can-lam', 'chua-quan-sat', 'dau-moi']),
      template: 'organisation',
      view: organisationPage(index, id, held, tasks),
    };
  }
  for (const file of index.files) {
    const { owner } = file.system;
    yield {
      ...around,
      ref: { page: 'chain', id: file.system.id },
      subject: nameOf(file.system),
      title: message('shell.title.chain'),
      trail: [
        home,
        { name: nameOf(organisation(index, owner)), ref: { page: 'organisation', id: owner } },
        { name: nameOf(file.system), ref: { page: 'system', id: file.system.id } },
      ],
      contents: contents('chain', ['lop', 'chuoi', 'bang-chung', 'can-cu']),
      template: 'chain',
      view: chainPage(index, file),
    };
    yield {
      ...around,
      ref: { page: 'system', id: file.system.id },
      subject: nameOf(file.system),
      title: message('report.title.system'),
      trail: [home, { name: nameOf(organisation(index, owner)), ref: { page: 'organisation', id: owner } }],
      contents: contents('system', [
        'ho-so',
        ...(index.data.levels === undefined ? [] : ['cap-do']),
        'lop',
        'nhiem-vu',
        'viec-can-lam',
        'chua-quan-sat',
        'nghia-vu',
        'da-xem',
        'diem-truy-cap',
        'tls',
        'tieu-de',
        'cong',
        'phan-mem',
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
