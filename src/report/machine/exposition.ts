/** One sample: labels in the order given, a number. */
export type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** One gauge with what it is, in English as the format's users expect. */
export type Metric = { readonly name: string; readonly help: string; readonly samples: readonly Sample[] };

/** Prometheus' text format 0.0.4. A metric without samples is left out. Pure. */
export function* exposition(metrics: readonly Metric[]): Generator<string> {
  for (const { name, help, samples } of metrics) {
    if (samples.length === 0) continue;
    yield `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} gauge\n`;
    for (const { labels, value } of samples) {
      const pairs = Object.entries(labels).map(([label, text]) => `${label}="${labelText(text)}"`);
      yield `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${String(value)}\n`;
    }
  }
}

/** A label's value: backslash, quote and line end are escaped, half surrogates have no UTF-8 and are replaced. Pure. */
export function labelText(text: string): string {
  return text.toWellFormed().replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
