// `npm run generate`: rewrites the files that are generated from code (schemas, the catalogue of checks).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.ts';

for (const { path, text } of await generatedFiles()) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  writeFileSync(path, text);
  console.log(`rewritten: ${path}`);
}
