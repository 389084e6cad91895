import { dirname, resolve } from 'node:path';
import { UserError, type Problem } from '../model/errors.ts';
import type { Inventory, System } from '../model/inventory.ts';
import type { PackageEvidence } from '../model/software/evidence.ts';
import type { Target } from '../model/target.ts';
import { message } from '../model/text.ts';
import { parsePackageList } from './package-list.ts';
import { readText } from './read-text.ts';

/** The lists of packages that owners handed in, by system. */
export type EvidenceBySystem = ReadonlyMap<string, readonly PackageEvidence[]>;

/**
 * Reads every list of packages that an inventory names; paths are told from the inventory's own folder. Throws UserError with
 * everything that is wrong, each with its file and line.
 */
export async function readPackages(inventoryPath: string, inventory: Inventory): Promise<EvidenceBySystem> {
  const problems: Problem[] = [];
  const found = new Map<string, readonly PackageEvidence[]>();
  for (const system of inventory.systems) {
    const lists: PackageEvidence[] = [];
    for (const named of system.packages ?? []) {
      const read = await readList(resolve(dirname(inventoryPath), named.file), named);
      if ('problems' in read) problems.push(...read.problems);
      else lists.push(read);
    }
    if (lists.length > 0) found.set(system.id, lists);
  }
  if (problems.length > 0) throw new UserError(problems);
  return found;
}

type Named = NonNullable<System['packages']>[number];

async function readList(
  path: string,
  { file, from, host, date, validDays, system, release }: Named,
): Promise<PackageEvidence | { readonly problems: readonly Problem[] }> {
  try {
    const { packages, badLines } = parsePackageList(from, (await readText(path)).text);
    if (badLines.length > 0) {
      const words = message('inventory.package-line', { from });
      return { problems: badLines.map((line) => ({ file: path, line, column: 1, message: words })) };
    }
    return {
      file,
      from,
      date,
      packages,
      ...(host === undefined ? {} : { host }),
      ...(validDays === undefined ? {} : { validDays }),
      ...(system === undefined ? {} : { system }),
      ...(release === undefined ? {} : { release }),
    };
  } catch (error) {
    if (error instanceof UserError) return { problems: error.problems };
    throw error;
  }
}

/** The target with the lists that speak of its machine: those of its name, its address or its endpoint, or of every machine. */
export function withEvidence(target: Target, evidence: EvidenceBySystem): Target {
  const { endpoint } = target;
  const names = [target.name, target.address, endpoint.kind === 'host' ? endpoint.host : undefined];
  const lists = (evidence.get(target.system) ?? []).filter(({ host }) => host === undefined || names.includes(host));
  return lists.length === 0 ? target : { ...target, packages: lists };
}
