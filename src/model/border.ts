import { createRequire } from 'node:module';
import type { ErrorObject, Options } from 'ajv';

/** Whether a value from outside has the shape of `T`; `errors` are of the last value asked about. */
export type Border<T> = ((value: unknown) => value is T) & {
  readonly errors?: ErrorObject<string, Record<string, unknown>>[] | null;
};

const declared: object[] = [];
/** Many a command crosses no border, and its start is most of what it takes. */
const load = createRequire(import.meta.url);

/** The schemas of the borders declared so far. */
export const borderSchemas = (): readonly object[] => declared;

/**
 * A border by one of our own schemas, compiled when it is first crossed: a command pays for what it reads. That our
 * schemas are schemas is for a test to see (`test/model/border.test.ts`) and not for every start: compiling the meta-schema takes
 * longer than compiling most of them. Draft 7, which is what typebox writes.
 */
export function borderOf<T>(schema: object, options: Options = {}): Border<T> {
  declared.push(schema);
  let compiled: Border<T> | undefined;
  const validate = (): Border<T> => {
    if (compiled !== undefined) return compiled;
    const { Ajv } = load('ajv') as typeof import('ajv');
    compiled = new Ajv({
      strict: true,
      allowUnionTypes: true,
      validateSchema: false,
      // What comes in is small beside its schema: optimising the code costs more than it saves.
      code: { optimize: false },
      ...options,
    }).compile<T>(schema) as Border<T>;
    return compiled;
  };
  const border = (value: unknown): value is T => validate()(value);
  return Object.defineProperty(border, 'errors', { get: () => validate().errors });
}
