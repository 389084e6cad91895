import { severities } from '../../model/check.ts';
import { layerVerdicts } from '../../model/layer-status.ts';
import { message } from '../../model/text.ts';
import { filterOf, nameSelect, wordSelect, type Filter, type FilterSelect } from './filter.ts';
import type { MatrixRow } from './matrix.ts';
import type { SystemGroup } from './system-list.ts';
import { urgency, verdictWord } from './tally.ts';

/** What the rows of the province's list of systems may be asked. */
export function systemsFilter(run: string, groups: readonly SystemGroup[]): Filter {
  const rows = groups.flatMap((group) => group.rows);
  const had = (of: (row: (typeof rows)[number]) => string) => new Set(rows.flatMap((row) => of(row).split(' ')));
  return filterOf('he-thong', run, [
    nameSelect('o', 'shell.filter.owner', new Map(rows.map(({ asked, owner }) => [asked.owner, owner.name]))),
    levelSelect(had(({ asked }) => asked.level)),
    layerSelect(
      layerVerdicts,
      had(({ asked }) => asked.layers),
    ),
    verdictSelect('shell.filter.verdict', new Set(groups.map(({ verdict }) => verdict))),
    wordSelect(
      's',
      'shell.filter.severity',
      severities,
      had(({ asked }) => asked.severities),
      (value) => message(`words.severity.${value}`),
    ),
  ]);
}

/** What the rows of the matrix may be asked. */
export function matrixFilter(run: string, rows: readonly MatrixRow[]): Filter {
  const had = new Set(rows.flatMap(({ verdicts }) => verdicts.split(' ')));
  return filterOf('co-quan', run, [verdictSelect('shell.filter.has-verdict', had)]);
}

/** Levels as a list to choose from. */
export function levelSelect(had: ReadonlySet<string>): FilterSelect {
  return wordSelect('l', 'shell.filter.level', ['5', '4', '3', '2', '1', 'none'], had, (value) =>
    value === 'none' ? message('shell.no-level') : message(`words.level.${value}`),
  );
}

/** The six words of layers as a list to choose from. */
export function layerSelect(values: readonly string[], had: ReadonlySet<string>): FilterSelect {
  return wordSelect('w', 'shell.filter.layer', values, had, (value) => message(`layers.verdict-${value}`));
}

function verdictSelect(label: string, had: ReadonlySet<string>): FilterSelect {
  return wordSelect('v', label, urgency, had, (value) =>
    verdictWord(urgency.find((one) => one === value) ?? 'unproven'),
  );
}
