import { weights } from '../../../model/level.ts';
import { layerVerdicts } from '../../../model/layer-status.ts';
import { message } from '../../../model/text.ts';
import { filterOf, nameSelect, wordSelect, type Filter } from '../filter.ts';
import { layerSelect, levelSelect } from '../system-filters.ts';
import type { DefectRow } from './defects.ts';
import { agreements, type AuditRow } from './rows.ts';

/** Filters of the auditor's page. */
export type AuditFilters = { readonly rows: Filter; readonly defects: Filter; readonly questions: Filter };

/** What rows of the auditor's page may be asked. */
export function auditFilters(run: string, rows: readonly AuditRow[], defects: readonly DefectRow[]): AuditFilters {
  const had = (of: (row: AuditRow) => string) => new Set(rows.flatMap((row) => of(row).split(' ')));
  return {
    rows: filterOf('doi-chieu', run, [
      nameSelect('o', 'shell.filter.owner', new Map(rows.map(({ filter, owner }) => [filter.owner, owner]))),
      levelSelect(had(({ filter }) => filter.level)),
      layerSelect(
        layerVerdicts,
        had(({ filter }) => filter.layers),
      ),
      wordSelect(
        'v',
        'shell.filter.agreement',
        agreements,
        had(({ agreement }) => agreement),
        (value) => message(`audit.agreement-${value}`),
      ),
      weightSelect(had(({ filter }) => filter.weights)),
    ]),
    defects: filterOf('ho-so', run, [weightSelect(new Set(defects.map(({ grade }) => grade)))]),
    questions: filterOf('cau-hoi', run, []),
  };
}

const weightSelect = (had: ReadonlySet<string>) =>
  wordSelect('s', 'shell.filter.weight', weights, had, (value) => message(`words.severity.${value}`));
