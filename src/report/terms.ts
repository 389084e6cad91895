import { verdicts } from '../model/assessment.ts';
import { outcomes, severities } from '../model/check.ts';
import { certainties } from '../model/framework.ts';
import { dossierStates, levels } from '../model/inventory/level-words.ts';
import { layerVerdicts } from '../model/layer-status.ts';
import type { PageRef } from './page-ref.ts';

/** Terms that are no outcome, verdict or state: ids of `words.term.*` and `report.means.term-*`, in the order of the guide. */
export const plainTerms = [
  'system',
  'owner',
  'operator',
  'specialised-unit',
  'level',
  'dossier',
  'target',
  'zone',
  'authorisation',
  'scan-window',
  'blackout',
  'run',
  'check',
  'finding',
  'evidence',
  'claim',
  'coverage',
  'coverage-debt',
  'deadline',
  'overdue',
  'remediation',
  'fixed-verified',
  'reopened',
  'waiver',
  'false-positive',
  'port',
  'service',
  'version',
  'end-of-life',
  'vulnerability',
  'exploited',
  'certificate',
  'cipher-suite',
  'redirect',
  'security-header',
] as const;

/** Place of a term in the guide. */
export function termAnchor(id: string): string {
  return `tn-${id}`;
}

/** Which term each word of the catalogue is, by the word's key. */
const termOfWord: ReadonlyMap<string, string> = new Map([
  ...outcomes.map((one) => [`words.outcome.${one}`, `outcome-${one}`] as const),
  ...verdicts.map((one) => [`words.verdict.${one}`, `verdict-${one}`] as const),
  ...severities.map((one) => [`words.severity.${one}`, `severity-${one}`] as const),
  ...certainties.map((one) => [`words.certainty.${one}`, `certainty-${one}`] as const),
  ...layerVerdicts.map((one) => [`layers.verdict-${one}`, `standing-${one}`] as const),
  ...levels.map((one) => [`words.level.${one}`, `level-${one}`] as const),
  ...dossierStates.map((one) => [`words.dossier.${one}`, `dossier-${one}`] as const),
  ...([1, 2, 3, 4] as const).map((one) => [`words.layer.${one}`, `layer-${one}`] as const),
  ...plainTerms.flatMap(
    (one) =>
      [
        [`words.term.${one}`, one],
        [`shell.term.${one}`, one],
      ] as const,
  ),
  ['words.waived', 'waived'],
  // The same terms as heads of columns and sentences.
  ['report.systems.coverage', 'coverage'],
  ['report.coverage', 'coverage'],
  ['report.systems.level', 'level'],
  ['report.systems.name', 'system'],
  ['report.levels.dossiers', 'dossier'],
  ['report.levels.levels', 'level'],
  ['report.deadlines.when', 'deadline'],
  ['audit.rows.dossier', 'dossier'],
  ['audit.rows.claimed', 'level'],
]);

/** Where the guide explains a word; null for a word that is no term. */
export function termRef(key: string): PageRef | null {
  const id = termOfWord.get(key);
  return id === undefined ? null : { page: 'guide', hash: termAnchor(id) };
}
