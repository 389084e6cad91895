import { severities, type Severity } from '../../model/check.ts';
import { nameOf } from '../view/name.ts';
import { layerNumbers, type SystemFile } from '../view/report-index.ts';
import { checkCoverage } from '../view/tally.ts';
import type { ReportDocument } from './json-schema.ts';
import type { Ledger } from './ledger.ts';

/** One system of the document: its verdict, its layers, and what was seen of what was needed. */
export function systemOf({ index }: Ledger, file: SystemFile): ReportDocument['systems'][number] {
  const { system } = file;
  const { level, regime, dossier } = system.classification ?? {};
  const open = Object.fromEntries(severities.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { finding } of file.open) open[finding.severity] += 1;
  return {
    id: system.id,
    name: nameOf(system),
    owner: system.owner,
    operator: system.operator,
    level: level ?? null,
    levelAsked: index.levelOf.get(system.id)?.answers[0]?.level ?? null,
    regime: regime ?? null,
    dossier: dossier ?? null,
    critical: system.critical !== undefined,
    verdict: file.verdict,
    obligations: file.tally,
    layers: layerNumbers.map((layer) => ({
      layer,
      word: file.layerWords[layer] ?? null,
      verdict: file.layers[layer] ?? null,
    })),
    openBySeverity: open,
    waived: file.waived.length,
    coverage: seenOfNeeded(file.findings),
    targets: file.targets.map(({ key, kind, name, address, port }) => ({
      key,
      kind,
      name: name ?? null,
      address: address ?? null,
      port: port ?? null,
    })),
  };
}

export function seenOfNeeded(findings: SystemFile['findings']): { readonly seen: number; readonly needed: number } {
  const { seen, needed } = checkCoverage(findings);
  return { seen, needed };
}
