import type { Inventory, System } from '../../../src/model/inventory.ts';
import type { FormInput } from '../../../src/report/form/input.ts';
import type { Block, Paper, Values } from '../../../src/report/form/paper.ts';

type Classification = NonNullable<System['classification']>;

/** A system in good order on 2026-12-14; `change` makes one thing wrong. */
export function system(
  id: string,
  classification?: Partial<Classification> | null,
  more: Partial<System> = {},
): System {
  const whole: Classification = {
    level: 3,
    regime: 'nd-331-2026',
    dossier: 'da-phe-duyet',
    decision: { number: '21/QĐ-UBND', date: '2026-10-05', issuer: 'UBND tỉnh Bình Minh' },
    regulation: { number: '20/QC-UBND', date: '2026-09-10', issuer: 'UBND tỉnh Bình Minh' },
    facts: { type: 'phuc-vu-nguoi-dan-doanh-nghiep', administrativeProcedures: true },
    implementation: { state: 'day-du' },
    inspections: [{ kind: 'dinh-ky', document: { number: '5/BC', date: '2026-08-01' } }],
  };
  return {
    id,
    name: `Hệ thống ${id}`,
    owner: 'ubnd',
    operator: 'so-khcn',
    ...(classification === null ? {} : { classification: { ...whole, ...classification } }),
    endpoints: [],
    ...more,
  };
}

const contact = { phone: '0200 000 100', email: 'a@binhminh.example' };

function inventoryOf(systems: readonly System[]): Inventory {
  return {
    schema: 1,
    province: { id: 'binh-minh', name: 'Tỉnh Bình Minh' },
    zones: [{ id: 'internet', name: 'Internet' }],
    organisations: [
      {
        id: 'ubnd',
        name: 'Ủy ban nhân dân tỉnh Bình Minh',
        kind: 'ubnd-tinh',
        head: 'Trần Văn An',
        headPosition: 'Chủ tịch',
        address: 'Số 1 đường A',
        functions: { number: '1/2026/QĐ', date: '2026-01-02', issuer: 'Chính phủ' },
        contact,
        specialisedUnit: { organisation: 'cong-an' },
      },
      {
        id: 'cong-an',
        name: 'Công an tỉnh',
        head: 'Lê Thị B',
        headPosition: 'Giám đốc',
        address: 'Số 2',
        contact,
        functions: { number: '9/QĐ', date: '2026-02-03' },
      },
      { id: 'so-khcn', name: 'Sở Khoa học và Công nghệ', parent: 'ubnd', headPosition: 'Giám đốc Sở' },
      { id: 'so-y-te', name: 'Sở Y tế', parent: 'ubnd', headPosition: 'Giám đốc Sở' },
      { id: 'khac', name: 'Cơ quan khác', headPosition: 'Thủ trưởng' },
    ],
    systems,
    authorisations: [],
  };
}

export function inputOf(systems: readonly System[], more: Partial<FormInput> = {}): FormInput {
  return {
    inventory: inventoryOf(systems),
    on: '2026-12-14',
    levelDeadlines: [{ before: '2026-11-30', instrument: 'KL-01', criticalOnly: true }],
    leastLevel: ({ classification }) => {
      const facts = classification?.facts;
      if (facts?.administrativeProcedures === true) return { level: 3, clause: 'Đ13.2.b' };
      return facts?.type === 'noi-bo' ? { level: 2, clause: 'Đ12.1' } : undefined;
    },
    ...more,
  };
}

/** Codes of the defects of one system. */
export const codesOf = ({ cover }: Paper, id: string): readonly string[] =>
  cover.defects.filter((one) => one.system === id).map(({ code }) => code);

/** Values of all sentences, and rows of a table by its tag. */
export function valuesOf({ body }: Paper): Values {
  const of = (block: Block): Values =>
    block.kind === 'table'
      ? {}
      : block.kind === 'each'
        ? (Object.assign({}, ...block.items.flatMap((item) => item.map(of))) as Values)
        : block.words.values;
  return Object.assign({}, ...body.map(of)) as Values;
}

export function rowsOf({ body, annexes }: Paper, tag: string): readonly Values[] {
  for (const block of [...body, ...annexes.flatMap(({ blocks }) => blocks)]) {
    if (block.kind === 'table' && block.tag === tag) return block.rows;
  }
  throw new Error(`no table ${tag}`);
}
