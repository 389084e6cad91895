import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { packageRoot } from '../../../model/package-root.ts';
import { exposuresSchema, type Exposure } from './exposure-schema.ts';

let read: readonly Exposure[] | undefined;

/** The paths that are asked for, the most telling first; from `exposures.yaml`, read once. A faulty file is our bug. */
export function exposures(): readonly Exposure[] {
  read ??= readExposures();
  return read;
}

function readExposures(): readonly Exposure[] {
  const source: unknown = parse(readFileSync(new URL('src/probe/http/paths/exposures.yaml', packageRoot), 'utf8'));
  const validate = new Ajv2020({ strict: true }).compile<{ paths: Exposure[] }>(exposuresSchema);
  if (validate(source)) return source.paths;
  const [error] = validate.errors ?? [];
  throw new Error(`exposures.yaml: ${error?.instancePath ?? ''} ${error?.message ?? ''}`);
}
