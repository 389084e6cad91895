import type { Message } from '../../model/text.ts';
import type { PageRef } from '../page-ref.ts';
import { auditPage, type AuditPage } from './audit/audit-page.ts';
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
);

/** All pages of a report, one after another; each is made when it is asked for and kept by nobody. */
export function* pages(data: ReportData): Generator<Page> {
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
  yield {
    ...around,
    ref: { page: 'guide' },
    subject: null,
    title: message('report.title.guide'),
    trail: [home],
    contents: contents('guide', [
      'ket-qua',
      'ket-luan',
      'do-phu',
      'gioi-han',
      'muc-do',
      'nguyen-nhan',
      'can-cu',
      'thuat-ngu',
    ]),
    template: 'guide',
    view: guidePage(),
  };
  const held = holdings(index);
  const tasks = taskHoldings(index);
  for (const id of organisationIds(index)) {
    const view = organisationPage(index, id, held, tasks);
    yield {
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
  for (const file of index.files) {
    const { owner } = file.system;
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
        ...(index.lives === null ? [] : ['dien-bien']),
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

function contents(page: PageRef['page'], hashes: readonly string[]): Page['contents'] {
  return hashes.map((hash) => ({ hash, label: message(`report.section.${page}-${hash}`) }));
}
