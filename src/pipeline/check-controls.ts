import { controlTargets } from '../inventory/controls.ts';
import { neededKinds } from '../inventory/targets.ts';
import type { ReadInventory } from '../inventory/read.ts';
import type { Check } from '../model/check.ts';
import { UserError, type Problem } from '../model/errors.ts';
import { message } from '../model/text.ts';

type Read = Pick<ReadInventory, 'inventory' | 'problemAt'>;

/** Throws UserError where a control names a check that is not there, or that speaks of no such endpoint: nothing would be expected of it. */
export function refuseStrangeChecks(read: Read, all: readonly Check[]): void {
  const problems = strangeChecks(read, all);
  if (problems.length > 0) throw new UserError(problems);
}

function strangeChecks({ inventory, problemAt }: Read, all: readonly Check[]): readonly Problem[] {
  const checks = new Map(all.map((check) => [check.id, check]));
  return inventory.zones.flatMap(({ controls = [] }, zone) =>
    controls.flatMap((control, at) => {
      const targets = controlTargets(control, []);
      return (control.checks ?? []).flatMap((id, index): readonly Problem[] => {
        const path = ['zones', zone, 'controls', at, 'checks', index];
        const check = checks.get(id);
        if (check === undefined) return [problemAt(path, message('controls.unknown-check', { check: id }))];
        const speaks = targets.some(
          (target) =>
            check.about.includes(target.kind) && check.reads.every((kind) => neededKinds(target).includes(kind)),
        );
        return speaks ? [] : [problemAt(path, message('controls.other-check', { check: id, control: control.id }))];
      });
    }),
  );
}
