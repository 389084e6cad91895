import type { Check } from '../../model/check.ts';
import {
  familyOf,
  type ControlExpectations,
  type ControlLook,
  type ControlReading,
  type ControlResult,
  type ControlRound,
} from '../../model/control.ts';
import type { Outcome } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import type { Control } from '../../model/inventory/control.ts';
import type { Kind } from '../../model/observation.ts';

export type ReadingsInput = {
  readonly controls: readonly Control[];
  readonly checks: readonly Check[];
  readonly expectations: ControlExpectations;
  /** In the order in which they were made. */
  readonly rounds: readonly Pick<ControlRound, 'looks'>[];
  readonly judge: (look: ControlLook) => readonly Finding[];
};

/** What every round read of every control, and what it had to read. Pure but for `judge`, which is too. */
export function readingsOf(input: ReadingsInput): readonly ControlReading[] {
  const controls = new Map(input.controls.map((control) => [control.id, control]));
  return input.rounds.flatMap(({ looks }, round) =>
    looks.flatMap((look): readonly ControlReading[] => {
      const control = controls.get(look.control);
      if (control === undefined) return [];
      const asked = new Set(expectedOf(control, look, input).map(({ id }) => id));
      if (asked.size === 0) return [];
      const reads = new Map(input.checks.map((check) => [check.id, check.reads]));
      return input
        .judge(look)
        .filter(({ check }) => asked.has(check))
        .map((finding) => readingOf(control, look, round, finding, reads.get(finding.check) ?? []));
    }),
  );
}

/** Ids of the checks that anything is expected of, as the lawbook names them today. */
export function expectedIds(controls: readonly Control[], { checks, expectations }: Lawful): ReadonlySet<string> {
  const ids = controls.flatMap((control) => control.checks ?? checksOf(control, expectations));
  return new Set(present(ids, checks).map(({ id }) => id));
}

type Lawful = Pick<ReadingsInput, 'checks' | 'expectations'>;

/** The checks that must tell of such a target of a control by the kinds that it was looked at. */
function expectedOf(control: Control, { target, observations }: ControlLook, lawful: Lawful): readonly Check[] {
  const looked = new Set<Kind>(observations.map(({ kind }) => kind));
  return present(control.checks ?? checksOf(control, lawful.expectations), lawful.checks).filter(
    ({ about, reads }) => about.includes(target.kind) && reads.every((kind) => looked.has(kind)),
  );
}

function checksOf({ expects }: Control, expectations: ControlExpectations): readonly string[] {
  return Object.values(expectations[expects]).flatMap(({ checks }) => checks);
}

/** Checks by their ids of today or of before; one that no lawbook knows any more tells nothing. */
function present(ids: readonly string[], checks: readonly Check[]): readonly Check[] {
  const wanted = new Set(ids);
  return checks.filter(({ id, replaces = [] }) => wanted.has(id) || replaces.some((old) => wanted.has(old)));
}

function readingOf(
  { id, expects }: Control,
  { target }: ControlLook,
  round: number,
  { check, outcome, cause, at }: Finding,
  kinds: readonly Kind[],
): ControlReading {
  const expected = expects === 'good' ? 'pass' : 'fail';
  return {
    control: id,
    expects,
    target: target.key,
    family: familyOf(target),
    round,
    check,
    kinds,
    expected,
    got: outcome,
    why: cause?.failure ?? null,
    result: resultOf(outcome, expected),
    at,
  };
}

function resultOf(got: Outcome, expected: Outcome): ControlResult {
  if (got === expected) return 'right';
  return got === 'not-observed' ? 'unread' : 'misread';
}
