import { severities, type Severity } from '../../model/check.ts';
import { message, type Message, type Text } from '../../model/text.ts';
import { compare, groupBy, type Failed, type SystemFile } from './report-index.ts';
import { systemLinks, type SystemLinks } from './system-links.ts';

/** What a change is called: a word of the glossary, or the title of its gravest check where there is none. */
export type ActionTitle = { readonly key: string; readonly otherwise: Text };

/** One change and the systems it mends. */
export type Action = {
  readonly change: string;
  readonly title: ActionTitle;
  readonly severity: Severity;
  readonly word: Message;
  /** Failed findings that it mends. */
  readonly places: number;
  readonly systems: number;
  readonly links: SystemLinks;
};

/** Changes that mend open failures: gravest first, then those that mend most systems. */
export function actions(files: readonly SystemFile[]): readonly Action[] {
  const all = files.flatMap((file) => file.open.map((failed) => ({ file, ...failed })));
  const changes = groupBy(all, (failed) => failed.check.change);
  return [...changes]
    .map(([change, failed]): Action => {
      const gravest = gravestOf(failed);
      const systems = [...groupBy(failed, (one) => one.file)]
        .map(([file, places]) => ({ file, places: places.length }))
        .toSorted((a, b) => b.places - a.places || compare(a.file.system.id, b.file.system.id));
      return {
        change,
        title: actionTitle(gravest),
        severity: gravest.finding.severity,
        word: severityWord(gravest.finding.severity),
        places: failed.length,
        systems: systems.length,
        links: systemLinks(systems, actionAnchor(change)),
      };
    })
    .toSorted(
      (a, b) => gravity(a.severity) - gravity(b.severity) || b.systems - a.systems || compare(a.change, b.change),
    );
}

/** Place of a change on a system's page. */
export function actionAnchor(change: string): string {
  return `viec-${change}`;
}

/** 0 for critical. */
export function gravity(severity: Severity): number {
  return severities.indexOf(severity);
}

/** The glossary's word for a severity. */
export function severityWord(severity: Severity): Message {
  return message(`words.severity.${severity}`);
}

/** What to call the change that mends this failure. */
export function actionTitle(failed: Pick<Failed, 'check'>): ActionTitle {
  return { key: `words.change.${failed.check.change}`, otherwise: failed.check.title };
}

/** The failure that counts most; ties by id of check. */
export function gravestOf<T extends Failed>(failed: readonly T[]): T {
  const first = failed.toSorted(
    (a, b) => gravity(a.finding.severity) - gravity(b.finding.severity) || compare(a.check.id, b.check.id),
  )[0];
  if (first === undefined) throw new Error('a change without failures');
  return first;
}
