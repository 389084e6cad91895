import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposition, labelText } from '../../../src/report/machine/exposition.ts';
import { province, sets, textOf } from './forms.ts';

type Sample = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number };

/**
 * Reads the text format 0.0.4 strictly: HELP, then TYPE, then the samples of that metric together; names by the rules; no label or
 * series twice; a line end at the end. (`promtool check metrics` agreed on 25/11/2026; its package is 96 MB.)
 */
function parseExposition(text: string): readonly Sample[] {
  if (!text.endsWith('\n')) throw new Error('no line end at the end');
  const samples: Sample[] = [];
  const seen = new Set<string>();
  const metrics = new Set<string>();
  let current = '';
  let awaited: 'help' | 'type' | 'sample' = 'help';
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\S.*)$/.exec(line);
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) gauge$/.exec(line);
    if (help !== null) {
      if (awaited === 'type' || metrics.has(help[1] ?? '')) throw new Error(`HELP out of place: ${line}`);
      [current, awaited] = [help[1] ?? '', 'type'];
      metrics.add(current);
    } else if (type !== null) {
      if (awaited !== 'type' || type[1] !== current) throw new Error(`TYPE out of place: ${line}`);
      awaited = 'sample';
    } else {
      const sample = parseSample(line);
      if (awaited !== 'sample' || sample.name !== current) throw new Error(`sample out of place: ${line}`);
      const series = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(series)) throw new Error(`twice: ${line}`);
      seen.add(series);
      samples.push(sample);
    }
  }
  return samples;
}

function parseSample(line: string): Sample {
  const [, name = '', pairs, value = ''] =
    /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/u.exec(
      line,
    ) ??
    (() => {
      throw new Error(`no sample: ${line}`);
    })();
  const labels = [...(pairs ?? '').matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"/gu)].map(
    ([, label = '', text = '']) =>
      [label, text.replace(/\\([\\"n])/g, (_all, escaped: string) => (escaped === 'n' ? '\n' : escaped))] as const,
  );
  if (new Set(labels.map(([label]) => label)).size !== labels.length) throw new Error(`label twice: ${line}`);
  return { name, labels: Object.fromEntries(labels), value: Number(value) };
}

const read = async (data = province) => parseExposition(await textOf(data, { format: 'prometheus' }));

/** Any UTF-16 units: half surrogates, controls, all of it. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0x7f })), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

describe('Prometheus text', () => {
  it.each(sets)('is read by a strict reader, every name ours: %s', async (_name, data) => {
    const samples = await read(data);
    expect(samples.length).toBeGreaterThan(100);
    expect(samples.filter(({ name }) => !/^rasoat_[a-z_]+$/.test(name))).toEqual([]);
  });

  it('counts findings, systems, coverage and the age of feeds', async () => {
    const samples = await read();
    const value = (name: string, labels: Readonly<Record<string, string>> = {}) =>
      samples.find(
        (one) => one.name === name && Object.entries(labels).every(([label, text]) => one.labels[label] === text),
      )?.value;
    const high = province.findings.filter(({ severity, outcome }) => severity === 'high' && outcome === 'fail').length;
    expect(value('rasoat_findings', { severity: 'high', outcome: 'fail' })).toBe(high);
    expect(value('rasoat_systems', { verdict: 'not-met' })).toBe(6);
    expect(value('rasoat_inventory_systems')).toBe(12);
    expect(value('rasoat_withheld_systems')).toBe(1);
    expect(value('rasoat_run_end_timestamp_seconds')).toBe(Date.parse(province.run.endedAt ?? '') / 1000);
    expect(value('rasoat_feed_age_seconds', { feed: 'kev' })).toBeGreaterThan(0);
    expect(value('rasoat_late_findings')).toBe(province.track?.tally.late);
    const needed = samples.filter(({ name }) => name === 'rasoat_system_needed_checks');
    expect(needed.reduce((sum, one) => sum + one.value, 0)).toBe(value('rasoat_coverage_needed_checks'));
  });

  it('names systems by id alone', async () => {
    const text = await textOf(province, { format: 'prometheus' });
    expect(text).not.toMatch(/binhminh\.example|198\.51\.100\.\d/);
    const { track: _track, ...untracked } = province;
    expect(await textOf(untracked, { format: 'prometheus' })).not.toContain('late_findings');
  });

  it('survives any text in a label', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = [...exposition([{ name: 'x', help: 'a\nb', samples: [{ labels: { l: text }, value: 1 }] }])].join(
          '',
        );
        expect(parseExposition(line)).toEqual([{ name: 'x', labels: { l: text.toWellFormed() }, value: 1 }]);
      }),
    );
    expect(labelText('a"b\\c\nd')).toBe('a\\"b\\\\c\\nd');
  });
});
