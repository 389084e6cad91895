import { failureCodes, type FailureCode } from '../../model/failure.ts';
import { message, type Message } from '../../model/text.ts';
import type { SystemFile } from './report-index.ts';
import { systemLinks, type SystemLinks } from './system-links.ts';

/** One reason for not seeing: how often, where, and what helps. */
export type UnseenCause = {
  readonly code: FailureCode;
  readonly word: Message;
  readonly help: Message;
  /** Attempts to observe that ended this way, and findings that could not be told because of it. */
  readonly observations: number;
  readonly findings: number;
  readonly links: SystemLinks;
};

/** What could not be seen, most frequent cause first; `observations` counts all attempts. */
export type Unseen = {
  readonly observations: number;
  readonly failed: number;
  readonly causes: readonly UnseenCause[];
};

/** Counts the causes over the systems given. */
export function unseen(files: readonly SystemFile[]): Unseen {
  const counted = new Map<FailureCode, { observations: number; findings: number; files: Set<SystemFile> }>();
  const of = (code: FailureCode, file: SystemFile) => {
    const cause = counted.get(code) ?? { observations: 0, findings: 0, files: new Set<SystemFile>() };
    counted.set(code, cause);
    cause.files.add(file);
    return cause;
  };
  for (const file of files) {
    for (const observation of file.observations) {
      if (!observation.ok) of(observation.failure.code, file).observations += 1;
    }
    for (const finding of file.findings) {
      if (finding.cause !== undefined) of(finding.cause.failure.code, file).findings += 1;
    }
  }
  const causes = failureCodes.flatMap((code): UnseenCause[] => {
    const cause = counted.get(code);
    if (cause === undefined) return [];
    return [
      {
        code,
        word: failureWord(code),
        help: message(`words.failure-help.${code}`),
        observations: cause.observations,
        findings: cause.findings,
        links: systemLinks(
          [...cause.files].map((file) => ({ file, places: 1 })),
          'chua-quan-sat',
          3,
        ),
      },
    ];
  });
  return {
    observations: files.reduce((sum, file) => sum + file.observations.length, 0),
    failed: causes.reduce((sum, cause) => sum + cause.observations, 0),
    causes: causes.toSorted((a, b) => b.findings - a.findings || b.observations - a.observations),
  };
}

/** The glossary's word for a failure code. */
export function failureWord(code: FailureCode): Message {
  return message(`words.failure.${code}`);
}
