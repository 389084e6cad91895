import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Short files whose tests take long: those of the store, once more on PostgreSQL, pages in a browser, whole years and campaigns. */
const slow = ['store/postgres', 'report/browser', 'e2e/feeds-scan', 'fuzz/tls', 'track/year', 'architecture/layers'];

/**
 * Without it files go by their size alone, for a fresh clone knows nothing of their times: a short file that takes a minute comes last,
 * and all other workers have nothing left to do beside it. All heavy files first would be worse: they slow each other down, and what
 * only waits has nothing to wait beside. A class because vitest's is one.
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
