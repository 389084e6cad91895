import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { generatedFiles } from './generated-files.ts';

const files = await generatedFiles();

it.each(files.map((file) => [basename(file.path), file] as const))(
  '%s is what the code makes (npm run generate)',
  (_, file) => {
    expect(readFileSync(file.path, 'utf8')).toBe(file.text);
  },
);
