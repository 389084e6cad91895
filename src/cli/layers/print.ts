import type { Check } from '../../model/check.ts';
import type { System } from '../../model/inventory.ts';
import type { LayerDue, LayerEvidence, LayerGap, LayerStatus, LayerVerdict } from '../../model/layer-status.ts';
import type { Output } from '../output.ts';
import { safeText } from '../safe-text.ts';

/** What is shown, and where its names come from. */
export type LayersShown = {
  /** Null: claims alone. */
  readonly run: string | null;
  readonly layers: readonly LayerStatus[];
  readonly systems: ReadonlyMap<string, System>;
  readonly checks: ReadonlyMap<string, Check>;
};

/** Evidence shown of one layer; `--json` has all of it. */
const mostEvidence = 5;

/** For people: system by system, layer by layer, the word first. */
export function printLayers(output: Output, shown: LayersShown): void {
  const { say, colors } = output;
  const source = shown.run === null ? say('layers.cli.claims-alone') : say('layers.cli.run', { run: shown.run });
  for (const [id, layers] of Map.groupBy(shown.layers, ({ system }) => system)) {
    const system = shown.systems.get(id);
    const level = say(`words.level.${system?.classification?.level ?? 'none'}`);
    const asOf = say('layers.cli.as-of', { day: layers[0]?.asOf ?? '' });
    output.line(
      `${colors.bold(safeText(nameOf(output, system) ?? id))} ${colors.dim(`(${safeText(id)})`)} · ${level} · ${asOf}`,
    );
    for (const layer of layers) printLayer(output, layer, shown.checks);
    output.line();
  }
  output.line(say('layers.cli.totals', totals(shown.layers)));
  output.line(colors.dim(source));
}

function printLayer(output: Output, status: LayerStatus, checks: ReadonlyMap<string, Check>): void {
  const { say, colors } = output;
  const line = (text: string) => {
    output.line(`      ${text}`);
  };
  const name = say(`words.layer.${status.layer}`);
  output.line(`  ${status.layer}. ${name}: ${mark(output, status.verdict)}`);
  line(colors.dim(status.because.map((reason) => say(`layers.because-${reason}`)).join('; ')));
  const claim = claimLine(output, status);
  if (claim !== '') line(claim);
  const gaps = (key: string, list: readonly LayerGap[]) => {
    if (list.length > 0) line(`${say(key)}: ${list.map((gap) => gapText(output, gap)).join('; ')}`);
  };
  // Of a layer that is not claimed everything is missing; --json names it.
  if (status.claim?.says === true) gaps('layers.missing', status.missing);
  gaps('layers.refused', status.refused);
  for (const { field, on, days, cite } of status.stale) {
    line(`${say('layers.stale', { field: say(`layers.field-${field}`), on, days })} ${citeText(output, cite)}`);
  }
  for (const row of status.evidence.slice(0, mostEvidence))
    line(evidenceLine(output, row, status.claim !== null, checks));
  const rest = status.evidence.length - mostEvidence;
  if (rest > 0) line(colors.dim(say('layers.cli.more', { count: rest })));
  for (const due of status.due) line(dueLine(output, due));
  if (status.detection !== null) {
    const { state, coverage } = status.detection;
    const words = [say(`layers.detection.state-${state}`), say('layers.detection.coverage', coverage)];
    line(`${say('layers.detection.heading')}: ${words.join(', ')}`);
  }
}

function nameOf({ lang }: Output, system: System | undefined): string | undefined {
  return lang === 'en' ? (system?.nameEn ?? system?.name) : system?.name;
}

function claimLine({ say }: Output, { claim }: LayerStatus): string {
  if (claim === null) return '';
  const { document, on, until } = claim;
  const words = [
    say(`report.claim.${claim.says ? 'yes' : 'no'}`),
    ...(document === null ? [] : [safeText(document.number)]),
    ...(on === null ? [] : [on]),
    ...(until === null ? [] : [say('layers.cli.until', { day: until })]),
  ];
  return `${say('layers.cli.claim')}: ${words.join(', ')}`;
}

function gapText(output: Output, { field, cite }: LayerGap): string {
  return `${output.say(`layers.field-${field}`)} ${citeText(output, cite)}`;
}

function citeText({ colors }: Output, { instrument, clause }: LayerGap['cite']): string {
  return colors.dim(`(${[clause, instrument].filter((part) => part !== undefined).join(', ')})`);
}

function evidenceLine(
  output: Output,
  row: LayerEvidence,
  claimed: boolean,
  checks: ReadonlyMap<string, Check>,
): string {
  const { say, colors, lang } = output;
  const claim =
    row.claimOn === null ? say('layers.evidence.claim-undated') : say('layers.evidence.claim-on', { day: row.claimOn });
  const stance = say(`layers.stance-${row.stance}`);
  const beside = claimed ? ` · ${colors.dim(claim)}` : '';
  return `${row.stance === 'against' ? colors.red(stance) : stance}: ${what()} · ${row.at}${beside}`;

  function what(): string {
    switch (row.kind) {
      case 'finding': {
        const title = checks.get(row.check ?? '')?.title[lang] ?? row.check ?? '';
        return `${title} ${colors.dim(safeText(row.target ?? '', 120))} ${say(`words.outcome.${row.outcome ?? 'fail'}`)}`;
      }
      case 'verification': {
        const by = safeText(row.by ?? '');
        return say('layers.evidence.verification', { by, document: safeText(row.document ?? '') });
      }
      case 'detection':
        return say('layers.evidence.detection');
    }
  }
}

function dueLine(output: Output, due: LayerDue): string {
  const { say, colors } = output;
  const overdue = due.overdueDays ?? 0;
  const words = [
    due.last === null ? say('layers.due.never') : say('layers.due.last', { day: due.last }),
    ...(due.next === null ? [] : [say('layers.due.next', { day: due.next })]),
    ...(overdue > 0 ? [colors.red(say('layers.due.overdue', { days: overdue }))] : []),
    say('layers.due.months', { months: due.months }),
    ...(due.binding ? [] : [say('layers.due.later')]),
    ...(due.note === undefined ? [] : [due.note[output.lang]]),
    ...(due.run === undefined ? [] : [say('layers.due.run', { ...due.run, run: due.run.id })]),
  ];
  return `${say(`layers.activity-${due.activity}`)}: ${words.join(', ')} ${citeText(output, due.cite)}`;
}

function mark({ say, colors }: Output, verdict: LayerVerdict): string {
  const word = say(`layers.verdict-${verdict}`);
  switch (verdict) {
    case 'da-chung-minh':
      return colors.cyan(`● ${word}`);
    case 'khai-bao-chua-kiem-chung':
      return `□ ${word}`;
    case 'thieu':
      return colors.red(`▲ ${word}`);
    case 'mau-thuan':
      return colors.red(`◆ ${word}`);
    case 'het-han':
      return colors.yellow(`◌ ${word}`);
    case 'khong-ap-dung':
      return colors.dim(`– ${word}`);
  }
}

function totals(layers: readonly LayerStatus[]): Record<string, number> {
  const count = (verdict: LayerVerdict) => layers.filter((one) => one.verdict === verdict).length;
  return {
    systems: new Set(layers.map(({ system }) => system)).size,
    proved: count('da-chung-minh'),
    claimed: count('khai-bao-chua-kiem-chung'),
    missing: count('thieu'),
    contradicted: count('mau-thuan'),
    lapsed: count('het-han'),
    none: count('khong-ap-dung'),
  };
}
