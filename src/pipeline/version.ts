import { readFileSync } from 'node:fs';
import { packageRoot } from '../model/package-root.ts';

/** `rasoat 0.1.0`, as stored with each run. */
export function toolVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8')) as { version: string };
  return `rasoat ${version}`;
}
