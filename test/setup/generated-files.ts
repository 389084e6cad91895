import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readFrameworks } from '../../src/assess/read.ts';
import { editorSchema, type FieldWords } from '../../src/inventory/editor-schema.ts';
import { renderCatalogue } from '../../src/judge/catalogue.ts';
import { renderCheckSchema } from '../../src/judge/check-schema.ts';
import { readChecks } from '../../src/judge/read.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { renderReportSchema } from '../../src/report/machine/json-schema.ts';

/** Every file of the project that is generated from code, as it should be. */
export async function generatedFiles(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const at = (path: string) => fileURLToPath(new URL(path, packageRoot));
  const checks = await readChecks([at('checks/')]);
  const frameworks = await readFrameworks([at('checks/frameworks/')], checks);
  const words = parse(readFileSync(at('templates/text/inventory-fields.yaml'), 'utf8')) as FieldWords;
  return [
    { path: at('checks/CATALOGUE.md'), text: renderCatalogue(checks, frameworks) },
    { path: at('checks/check.schema.json'), text: renderCheckSchema() },
    { path: at('templates/schemas/report-1.schema.json'), text: renderReportSchema() },
    { path: at('inventory/inventory.schema.json'), text: `${JSON.stringify(editorSchema(words), null, 2)}\n` },
  ];
}
