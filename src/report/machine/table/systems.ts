import { nameOf } from '../../view/name.ts';
import { organisation } from '../../view/matrix.ts';
import { failing } from '../../view/system-list.ts';
import { checkCoverage, tally, total, verdictWord } from '../../view/tally.ts';
import { layerMark } from '../../view/layer-mark.ts';
import { layerNumbers, type Layer, type SystemFile } from '../../view/report-index.ts';
import type { Ledger, SystemEntry } from '../ledger.ts';
import { say } from '../reasons.ts';
import type { Tell } from '../tell.ts';
import { tableOf, type Cell, type Column, type Table } from './table.ts';

/** One system a row: verdict, layers, failures, and what was seen of what was needed. */
export function systemsTable(of: Ledger, tell: Tell): Table {
  return tableOf('systems', columns(of, tell), of.systems);
}

function columns({ index }: Ledger, tell: Tell): readonly Column<SystemEntry>[] {
  const organisationName = (id: string) => tell.name(nameOf(organisation(index, id)));
  const severe = (severity: string) => (row: SystemEntry) =>
    row.file.open.filter(({ finding }) => finding.severity === severity).length;
  return [
    { key: 'system', of: ({ file }) => file.system.id },
    { key: 'system_name', of: ({ file }) => tell.name(nameOf(file.system)), most: 50 },
    { key: 'owner', of: ({ file }) => organisationName(file.system.owner), most: 40 },
    { key: 'operator', of: ({ file }) => organisationName(file.system.operator), most: 40 },
    { key: 'level', of: ({ file }) => file.system.classification?.level ?? null },
    { key: 'critical_system', of: ({ file }) => file.system.critical !== undefined },
    { key: 'dossier', of: ({ file }) => tell.say(`words.dossier.${file.system.classification?.dossier ?? 'none'}`) },
    { key: 'verdict', of: ({ file }) => file.verdict, code: true },
    { key: 'verdict_word', of: ({ file }) => say(tell, verdictWord(file.verdict)) },
    { key: 'obligations_failing', of: ({ file }) => failing(file) },
    { key: 'obligations_applicable', of: ({ file }) => total({ ...tally([]), ...file.tally, 'not-applicable': 0 }) },
    { key: 'critical', of: severe('critical') },
    { key: 'high', of: severe('high') },
    { key: 'medium', of: severe('medium') },
    { key: 'low', of: severe('low') },
    { key: 'info', of: severe('info') },
    { key: 'waived', of: ({ file }) => file.waived.length },
    { key: 'late', of: ({ late }) => late },
    { key: 'checks_observed', of: ({ file }) => checkCoverage(file.findings).seen },
    { key: 'checks_needed', of: ({ file }) => checkCoverage(file.findings).needed },
    ...layerNumbers.map((layer): Column<SystemEntry> => ({
      key: `layer_${String(layer)}`,
      of: ({ file }) => layerCell(file, layer, tell),
    })),
  ];
}

/** The six words where the run has them, else the verdict of the layer's obligations. */
function layerCell(file: SystemFile, layer: Layer, tell: Tell): Cell {
  const word = file.layerWords[layer];
  if (word !== undefined) return say(tell, layerMark(word).word);
  const verdict = file.layers[layer];
  return verdict === undefined ? null : say(tell, verdictWord(verdict));
}
