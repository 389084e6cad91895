import type { Inventory, System } from '../../model/inventory.ts';
import type { Classification } from '../../model/inventory/classification.ts';
import { sentence, type Annex, type Column, type Value, type Values } from './paper.ts';
import { documentValue } from './value.ts';

/** Part 3 of Mẫu 08: the table of twelve columns, in its order and words. */
export const mau08Columns: readonly Column[] = [
  { tag: 'stt', head: 'forms.mau-08.col-1', width: 10, align: 'center' },
  { tag: 'ten_httt', head: 'forms.mau-08.col-2', width: 32 },
  { tag: 'chu_quan_httt', head: 'forms.mau-08.col-3', width: 25 },
  { tag: 'don_vi_van_hanh', head: 'forms.mau-08.col-4', width: 25 },
  { tag: 'cap_do', head: 'forms.mau-08.col-5', width: 12, align: 'center' },
  { tag: 'tinh_trang', head: 'forms.mau-08.col-6', width: 19 },
  { tag: 'quyet_dinh', head: 'forms.mau-08.col-7', width: 26 },
  { tag: 'quy_che', head: 'forms.mau-08.col-8', width: 26 },
  { tag: 'du_kien_phe_duyet', head: 'forms.mau-08.col-9', width: 21, align: 'center' },
  { tag: 'trien_khai', head: 'forms.mau-08.col-10', width: 18 },
  { tag: 'du_kien_trien_khai', head: 'forms.mau-08.col-11', width: 21, align: 'center' },
  { tag: 'kiem_tra', head: 'forms.mau-08.col-12', width: 17 },
];

/** Words of column 6 by our states; a dossier not begun has none there and stays blank. */
export const dossierWords = {
  'dang-du-thao': 'forms.mau-08.state-dang-du-thao',
  'da-gui-tham-dinh': 'forms.mau-08.state-da-gui-tham-dinh',
  'da-tham-dinh': 'forms.mau-08.state-da-tham-dinh',
  'da-phe-duyet': 'forms.mau-08.state-da-phe-duyet',
} as const;
/** Column 10. */
export const implementationWords = {
  'chua-trien-khai': 'forms.mau-08.implementation-chua-trien-khai',
  'mot-so-hang-muc': 'forms.mau-08.implementation-mot-so-hang-muc',
  'day-du': 'forms.mau-08.implementation-day-du',
} as const;
/** Column 12. */
export const inspectionWords = {
  'truoc-khi-su-dung': 'forms.mau-08.inspection-truoc-khi-su-dung',
  'dinh-ky': 'forms.mau-08.inspection-dinh-ky',
} as const;

/** Annex I. */
export function systemsAnnex(inventory: Inventory, systems: readonly System[]): Annex {
  const names = new Map(inventory.organisations.map(({ id, name }) => [id, name]));
  return {
    label: sentence('forms.annex-1'),
    name: sentence('forms.mau-08.annex-1'),
    landscape: true,
    blocks: [
      {
        kind: 'table',
        tag: 'he_thong',
        columns: mau08Columns,
        numbered: true,
        rows: systems.map((system, at) => ({
          stt: at + 1,
          ten_httt: system.name,
          chu_quan_httt: names.get(system.owner) ?? null,
          don_vi_van_hanh: names.get(system.operator) ?? null,
          ...levelValues(system.classification, names),
        })),
      },
    ],
  };
}

const blank: Values = {
  cap_do: null,
  tinh_trang: null,
  quyet_dinh: null,
  quy_che: null,
  du_kien_phe_duyet: null,
  trien_khai: null,
  du_kien_trien_khai: null,
  kiem_tra: null,
};

/** Columns 5-12. Official words are named by key and told by the writer, as every word is. */
function levelValues(of: Classification | undefined, names: ReadonlyMap<string, string>): Values {
  if (of === undefined) return blank;
  const approved = of.dossier === 'da-phe-duyet';
  const { implementation, inspections = [] } = of;
  const kinds = (['truoc-khi-su-dung', 'dinh-ky'] as const).filter((kind) =>
    inspections.some((one) => one.kind === kind),
  );
  const day = (text: string | undefined): Value => (text === undefined ? null : { day: text });
  return {
    cap_do: of.level,
    tinh_trang: of.dossier === 'chua-lap' ? null : { words: [dossierWords[of.dossier]] },
    quyet_dinh: approved ? documentValue(of.decision, names.get(of.approvedBy ?? '')) : null,
    quy_che: documentValue(of.regulation),
    du_kien_phe_duyet: approved ? null : day(of.expectedApproval),
    trien_khai: implementation === undefined ? null : { words: [implementationWords[implementation.state]] },
    du_kien_trien_khai:
      implementation === undefined || implementation.state === 'day-du' ? null : day(implementation.expected),
    kiem_tra: kinds.length === 0 ? null : { words: kinds.map((kind) => inspectionWords[kind]) },
  };
}
