import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../../src/model/package-root.ts';
import type { Inventory } from '../../../src/model/inventory.ts';
import type { FormInput } from '../../../src/report/form/input.ts';
import { forms } from '../../../src/report/form/paper.ts';
import { fillForm } from '../../../src/report/form/write.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';
import { formTemplate } from './form-template.ts';

/** Any inventory gives the same template: its places hang on the form alone. */
const inventory: Inventory = {
  schema: 1,
  province: { id: 'tinh', name: 'Tỉnh' },
  zones: [{ id: 'internet', name: 'Internet' }],
  organisations: [{ id: 'co-quan', name: 'Cơ quan', headPosition: 'Người đứng đầu', kind: 'ubnd-tinh' }],
  systems: [],
  authorisations: [],
};

/** The Word templates of `templates/forms/`, as they are to be. */
export async function wordTemplates(): Promise<readonly { readonly path: string; readonly bytes: Buffer }[]> {
  const input: FormInput = {
    inventory,
    organisation: 'co-quan',
    on: '2026-12-14',
    levelDeadlines: [],
    leastLevel: () => undefined,
  };
  const catalogue = loadCatalogue();
  return Promise.all(
    forms.map(async (kind) => ({
      path: fileURLToPath(new URL(`templates/forms/${kind}.docx`, packageRoot)),
      bytes: await formTemplate(fillForm(kind, input), catalogue),
    })),
  );
}
