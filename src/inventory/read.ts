import { UserError, type Problem } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { message, type Message } from '../model/text.ts';
import { inOrder } from '../yaml/in-order.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { Path } from '../yaml/pointer.ts';
import { checkAuthorisations } from './check-authorisations.ts';
import { checkControlCoverage } from './check-coverage.ts';
import { checkDays } from './check-days.ts';
import { checkEndpoints } from './check-endpoints.ts';
import { checkReferences } from './check-references.ts';
import { checkTasks } from './check-tasks.ts';
import { findWarnings } from './find-warnings.ts';
import { createLedger } from './ledger.ts';
import { normalise } from './normalise.ts';
import { maxBytes, readText } from './read-text.ts';
import { isRec } from './records.ts';
import { validateShape } from './validate-shape.ts';

export type ReadInventory = {
  /** Checked, and with every address, name and URL in its one spelling. */
  readonly inventory: Inventory;
  /** SHA-256 of the file, in hexadecimal. */
  readonly hash: string;
  /** What may not be what was meant; the inventory is good without. */
  readonly warnings: readonly Problem[];
  /** A problem at a path of the file, for what only other rooms can tell (tasks that no text knows). */
  readonly problemAt: (path: Path, what: Message) => Problem;
};

/** Reads an inventory file. Throws UserError with everything that is wrong with it, in the order of the file. */
export async function readInventory(path: string): Promise<ReadInventory> {
  const { text, hash } = await readText(path);
  return { ...parseInventory(path, text), hash };
}

/** The same for a text already at hand; `file` is the name that problems give. */
export function parseInventory(file: string, text: string): Omit<ReadInventory, 'hash'> {
  const source = parseYaml(text, maxBytes);
  const errors = createLedger(file, source.locate);
  const faults = source.faults.map(({ position, message: words }): Problem => ({ file, ...position, message: words }));
  if (source.broken) throw new UserError(inOrder(faults));
  const root = source.value;
  if (root === null || root === undefined) {
    throw new UserError([{ file, line: 1, column: 1, message: message('inventory.file-empty') }]);
  }
  if (!isRec(root)) throw new UserError([{ file, line: 1, column: 1, message: message('inventory.not-an-inventory') }]);

  validateShape(source, errors);
  checkReferences(root, errors, source.locate);
  checkDays(root, errors);
  checkTasks(root, errors, source.locate);
  checkAuthorisations(root, errors);
  checkEndpoints(root, errors, source.locate);
  const problems = inOrder([...faults, ...errors.problems()]);
  if (problems.length > 0) throw new UserError(problems);

  // The schema has just said so.
  const inventory = normalise(root as Inventory);
  const uncovered = createLedger(file, source.locate);
  checkControlCoverage(inventory, root, uncovered);
  if (uncovered.problems().length > 0) throw new UserError(uncovered.problems());
  const warnings = createLedger(file, source.locate);
  findWarnings(inventory, root, warnings);
  return {
    inventory,
    warnings: warnings.problems(),
    problemAt: (path, what) => ({ file, ...source.locatePath(path), message: what }),
  };
}
