import type { Inventory, System } from '../../model/inventory.ts';
import { sentence, type Annex, type Column } from './paper.ts';

const columns: readonly Column[] = [
  { tag: 'ds_stt', head: 'forms.mau-08.col-1', width: 10, align: 'center' },
  { tag: 'ds_ten', head: 'forms.mau-08.col-2', width: 53 },
  { tag: 'ds_van_hanh', head: 'forms.mau-08.col-4', width: 40 },
  { tag: 'ds_cap_do', head: 'forms.mau-08.col-5', width: 14, align: 'center' },
  { tag: 'ds_anqg', head: 'forms.lists.national-security', width: 20, align: 'center' },
  { tag: 'ds_phe_duyet', head: 'forms.lists.approved', width: 18, align: 'center' },
  { tag: 'ds_day_du', head: 'forms.lists.full', width: 17, align: 'center' },
  { tag: 'ds_mot_phan', head: 'forms.lists.part', width: 17, align: 'center' },
  { tag: 'ds_chua', head: 'forms.lists.none', width: 17, align: 'center' },
  { tag: 'ds_quy_che', head: 'forms.lists.regulation', width: 15, align: 'center' },
  { tag: 'ds_tuan_thu', head: 'forms.lists.followed', width: 15, align: 'center' },
  { tag: 'ds_kiem_tra', head: 'forms.lists.inspected', width: 15, align: 'center' },
];

/** Annex II: the lists of Decree 331 Đ36.2-8 as one table, a mark where the system stands in the list. */
export function listsAnnex(inventory: Inventory, systems: readonly System[]): Annex {
  const names = new Map(inventory.organisations.map(({ id, name }) => [id, name]));
  const mark = (yes: boolean) => (yes ? 'x' : null);
  return {
    label: sentence('forms.annex-2'),
    name: sentence('forms.mau-08.annex-2'),
    landscape: true,
    blocks: [
      {
        kind: 'table',
        tag: 'danh_sach',
        columns,
        rows: systems.map(({ name, operator, classification: of }, at) => ({
          ds_stt: at + 1,
          ds_ten: name,
          ds_van_hanh: names.get(operator) ?? null,
          ds_cap_do: of?.level ?? null,
          ds_anqg: mark(of?.nationalSecurityList !== undefined),
          ds_phe_duyet: mark(of?.dossier === 'da-phe-duyet'),
          ds_day_du: mark(of?.implementation?.state === 'day-du'),
          ds_mot_phan: mark(of?.implementation?.state === 'mot-so-hang-muc'),
          ds_chua: mark(of?.implementation?.state === 'chua-trien-khai'),
          ds_quy_che: mark(of?.regulation !== undefined),
          ds_tuan_thu: mark(of?.regulationFollowed === true),
          ds_kiem_tra: mark((of?.inspections?.length ?? 0) > 0),
        })),
      },
    ],
  };
}
