import type { ReportDocument } from './json-schema.ts';
import type { FindingEntry } from './ledger.ts';

/** One finding of the document: the published fields of `rasoat findings --json`, and what is known of its life. */
export function findingOf(
  run: string,
  { finding, place, life, aside }: FindingEntry,
): ReportDocument['findings'][number] {
  const { system, target, check, outcome, severity, evidence, cause, at } = finding;
  return {
    run,
    system,
    target,
    check,
    outcome,
    severity,
    evidence: [...evidence],
    cause: cause ?? null,
    at,
    place,
    life:
      life === null
        ? null
        : {
            ...life,
            due:
              life.due === null
                ? null
                : {
                    on: life.due.on,
                    rule: life.due.rule,
                    source: life.due.source,
                    instrument: life.due.instrument ?? null,
                    clause: life.due.clause ?? null,
                    certainty: life.due.certainty,
                  },
          },
    aside,
  };
}
