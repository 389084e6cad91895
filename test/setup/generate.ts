// `npm run generate`: rewrites the files that are generated from code (schemas, the catalogue of checks, Word templates).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.ts';
import { wordTemplates } from './word/templates.ts';

const texts = (await generatedFiles()).map(({ path, text }) => ({ path, bytes: Buffer.from(text) }));
for (const { path, bytes } of [...texts, ...(await wordTemplates())]) {
  if (existsSync(path) && readFileSync(path).equals(bytes)) continue;
  writeFileSync(path, bytes);
  console.log(`rewritten: ${path}`);
}
