import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { packageRoot } from '../../../model/package-root.ts';
import { exposuresSchema, type Exposure } from './exposure-schema.ts';
import { borderOf } from '../../../model/border.ts';

let read: readonly Exposure[] | undefined;

/** The paths that are asked for, the most telling first; from `exposures.yaml`, read once. A faulty file is our bug. */
export function exposures(): readonly Exposure[] {
  read ??= readExposures();
  return read;
}

const validate = borderOf<{ paths: Exposure[] }>(exposuresSchema);

function readExposures(): readonly Exposure[] {
  const source: unknown = parse(readFileSync(new URL('src/probe/http/paths/exposures.yaml', packageRoot), 'utf8'));
  if (validate(source)) return source.paths;
  const [error] = validate.errors ?? [];
  throw new Error(`exposures.yaml: ${error?.instancePath ?? ''} ${error?.message ?? ''}`);
}
