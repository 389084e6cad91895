import type { Check } from '../model/check.ts';
import type { Framework } from '../model/framework.ts';
export function renderCatalogue(checks: readonly Check[], frameworks: readonly Framework[]): string {
  return `${checks.length} ${frameworks.length}`;
}
