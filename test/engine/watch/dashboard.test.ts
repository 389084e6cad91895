import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../../src/engine/watch/metrics.ts';
import { scratch } from '../../e2e/cli.ts';
import { figuresOf } from './figures.ts';

type Panel = {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly { readonly expr: string; readonly refId: string }[];
};
type Dashboard = {
  readonly schemaVersion: number;
  readonly uid: string;
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly definition?: string }[];
  };
  readonly panels: readonly Panel[];
};

const dashboard = JSON.parse(readFileSync('templates/watch/grafana.json', 'utf8')) as Dashboard;
const rules = parse(readFileSync('templates/watch/alerts.yaml', 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
};
const alerts = rules.groups.flatMap((group) => group.rules);
const expressions = [
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.flatMap(({ definition }) => definition ?? []),
  ...alerts.map(({ expr }) => expr),
];
const folder = scratch();
afterAll(() => {
  folder.remove();
});

/** Names of metrics that an expression reads. */
const namesIn = (expression: string): readonly string[] =>
  [...expression.matchAll(/\b(?:rasoat|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name);

async function exposed(): Promise<string> {
  const metrics = createMetrics({ role: 'scheduler', version: '0' });
  metrics.show(figuresOf());
  metrics.lane({ zone: 'internet', seconds: 1, outcome: 'done' });
  metrics.delivered('internet', 'kept');
  return metrics.text();
}

describe('dashboard and alerts', () => {
  it('read metrics that there are, by labels that they have, and nothing else', async () => {
    const text = await exposed();
    const series = new Set([...text.matchAll(/^([a-z_0-9]+)[{ ]/gm)].map(([, name]) => name));
    const read = new Set(expressions.flatMap(namesIn));
    expect(read.size).toBeGreaterThan(25);
    expect([...read].filter((name) => !series.has(name))).toEqual([]);
    for (const expression of expressions) {
      for (const [, name = '', matchers = ''] of expression.matchAll(/\b(rasoat_[a-z0-9_]+)\{([^}]*)\}/g)) {
        for (const [, label = ''] of matchers.matchAll(/(\w+)\s*[=!]/g))
          expect([name, label, new RegExp(`^${name}\\{[^}]*\\b${label}="`, 'm').test(text)]).toEqual([
            name,
            label,
            true,
          ]);
      }
    }
  });

  it('is a dashboard as Grafana imports them: schema, source by a variable, panels that do not overlap', () => {
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(36);
    expect(dashboard.uid).toBe('rasoat');
    expect(dashboard.templating.list.find(({ name }) => name === 'datasource')?.type).toBe('datasource');
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const taken = new Set<string>();
    for (const { type, title, gridPos, targets = [], datasource } of dashboard.panels) {
      expect(['row', 'stat', 'timeseries']).toContain(type);
      if (type !== 'row') expect([title, datasource?.uid, targets.length > 0]).toEqual([title, '${datasource}', true]);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect([title, taken.has(`${x} ${y}`)]).toEqual([title, false]);
          taken.add(`${x} ${y}`);
        }
      }
    }
  });

  it('has expressions that Prometheus reads', () => {
    const asRules = dashboard.panels.flatMap(({ id, targets = [] }) =>
      targets.map(({ expr, refId }) => ({
        record: `panel:${id}:${refId.toLowerCase()}`,
        expr: expr.replaceAll('$zone', '.*'),
      })),
    );
    const file = folder.file('panels.json');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'panels', rules: asRules }] }));
    expect(execFileSync('/usr/bin/promtool', ['check', 'rules', file], { encoding: 'utf8' })).toContain(
      `SUCCESS: ${asRules.length} rules found`,
    );
  });

  it('alerts on what asks for a person and on nothing else (promtool test rules)', () => {
    copyFileSync('templates/watch/alerts.yaml', join(folder.path, 'alerts.yaml'));
    expect(
      execFileSync('/usr/bin/promtool', ['check', 'rules', join(folder.path, 'alerts.yaml')], { encoding: 'utf8' }),
    ).toContain(`SUCCESS: ${alerts.length} rules found`);
    const tests = readFileSync('test/engine/watch/alerts.test.yaml', 'utf8');
    writeFileSync(folder.file('tests.yaml'), tests);
    const { status, stdout, stderr } = spawnSync('/usr/bin/promtool', ['test', 'rules', folder.file('tests.yaml')], {
      encoding: 'utf8',
    });
    expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('SUCCESS') as string]);
    for (const { alert } of alerts) expect(tests.split(`alertname: ${alert}`).length).toBe(3);
    // And it is able to fail.
    writeFileSync(
      folder.file('tests.yaml'),
      tests.replace('severity: critical, phase: silent', 'severity: critical, phase: loud'),
    );
    expect(spawnSync('/usr/bin/promtool', ['test', 'rules', folder.file('tests.yaml')]).status).not.toBe(0);
  });
});
