import type { Problem } from '../model/errors.ts';
import type { Message } from '../model/text.ts';
import { inOrder } from './in-order.ts';
import { parseYaml } from './parse-yaml.ts';
import type { Path } from './pointer.ts';

/** A YAML file read: its value, or what is wrong; and a way to point into it. */
export type YamlFile = {
  /** Undefined when there are problems. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** A problem at a path, or at the nearest thing above it that exists. */
  readonly problemAt: (path: Path, what: Message) => Problem;
};

/** Reads the text of one file for what speaks of places by paths; `file` is the name that problems give. */
export function readYaml(content: string, file: string, longest: number): YamlFile {
  const { value, faults, locatePath } = parseYaml(content, longest);
  const problems = inOrder(faults.map(({ position, message }) => ({ file, ...position, message })));
  return {
    value: problems.length > 0 ? undefined : value,
    problems,
    problemAt: (path, what) => ({ file, ...locatePath(path), message: what }),
  };
}
