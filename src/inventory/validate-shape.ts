import type { ErrorObject } from 'ajv';
import { borderOf } from '../model/border.ts';
import { inventorySchema } from '../model/inventory.ts';
import type { Place } from '../yaml/place.ts';
import type { Ledger } from './ledger.ts';
import { meantKey, shapeMessage } from './shape-message.ts';
import type { YamlSource } from '../yaml/parse-yaml.ts';

const fits = borderOf(inventorySchema, {
  allErrors: true,
  strictTypes: true,
  allowUnionTypes: false,
  strictRequired: false,
  discriminator: true,
  verbose: true,
});

/** Holds the data against the inventory's JSON Schema and enters every disagreement, one for each place. */
export function validateShape(source: YamlSource, ledger: Ledger): void {
  if (fits(source.value)) return;
  const root = { value: source.value };
  for (const error of worthTelling(fits.errors ?? [])) {
    const place = placeOf(root, error);
    ledger.add(place, shapeMessage(error, source.written(place)));
  }
}

/**
 * One error for each value, the type before the rest: a wrong type brings wrong words, lengths and patterns with it. A key
 * is not missing where it stands misspelt, nor an endpoint's kind where the kinds have been told already.
 */
function worthTelling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const told = new Set(errors.flatMap((error) => explained(error) ?? []));
  const missing = errors.filter((error) => {
    return (
      error.keyword === 'required' && !told.has(`${error.instancePath} ${String(error.params['missingProperty'])}`)
    );
  });
  const unknown = errors.filter((error) => error.keyword === 'additionalProperties');
  const values = Map.groupBy(
    errors.filter((error) => error.keyword !== 'required' && error.keyword !== 'additionalProperties'),
    (error) => error.instancePath,
  );
  const first = [...values.values()].flatMap((same) => same.find((error) => error.keyword === 'type') ?? same[0] ?? []);
  return [...missing, ...unknown, ...first];
}

/** The missing key that another error speaks of, with the place it is missing from. */
function explained(error: ErrorObject): string | undefined {
  const key = error.keyword === 'discriminator' ? 'kind' : meantKey(error);
  return key === undefined ? undefined : `${error.instancePath} ${key}`;
}

/** Follows a JSON pointer (RFC 6901) to the container and the key under which the value stands. */
function placeOf(root: { readonly value: unknown }, error: ErrorObject): Place {
  const steps = error.instancePath.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let container: object = root;
  let key: string | number = 'value';
  for (const step of steps.slice(1)) {
    const next: unknown = (container as Record<string, unknown>)[key];
    if (typeof next !== 'object' || next === null) break;
    container = next;
    key = Array.isArray(next) ? Number(step) : step;
  }
  if (error.keyword === 'additionalProperties') {
    return { in: error.data as object, key: String(error.params['additionalProperty']), part: 'key' };
  }
  const data: unknown = error.data;
  if (error.keyword === 'discriminator' && typeof data === 'object' && data !== null && 'kind' in data) {
    return { in: data, key: 'kind' };
  }
  return error.keyword === 'required' || container === root ? { in: error.data as object } : { in: container, key };
}
