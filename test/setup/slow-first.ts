import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where tests wait for real servers and the pace of a polite scan, the longest first; all others take seconds at most. */
const slow = ['report/browser', 'e2e/', 'store/', 'probe/tls/faults/', 'probe/ports/', 'report/', 'track/', 'probe/'];

/**
 * Without it files go by their size, for a fresh clone knows nothing of their times: a short file that waits for a minute comes last, and
 * all other workers have nothing left to do beside it. A class because vitest's is one.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    return bySize.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId, project }: TestSpecification): number {
  const path = relative(`${project.config.root}/test`, moduleId);
  const rank = slow.findIndex((start) => path.startsWith(start));
  return rank === -1 ? slow.length : rank;
}
