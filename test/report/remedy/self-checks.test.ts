import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/model/check.ts';
import { packageRoot } from '../../../src/model/package-root.ts';
import { placeholders, placeholdersIn, readSelfChecks, waysOf } from '../../../src/report/self-checks.ts';

const folder = new URL('checks/', packageRoot);
const checks = ['dns', 'mail', 'network', 'software', 'tls', 'web'].flatMap((room) =>
  readdirSync(new URL(`${room}/`, folder)).map(
    (name) => parse(readFileSync(new URL(`${room}/${name}`, folder), 'utf8')) as Check,
  ),
);
const all = readSelfChecks();

describe('ways to check oneself', () => {
  it('exist for every critical and high check', () => {
    const without = checks.filter(
      (one) => (one.severity === 'critical' || one.severity === 'high') && waysOf(all, one).length === 0,
    );
    expect(checks.length).toBeGreaterThan(200);
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  it('name checks, changes, ways and places that exist, and each way is used', () => {
    const ids = new Set(checks.map(({ id }) => id));
    const changes = new Set(checks.map(({ change }) => change));
    expect(Object.keys(all.checks).filter((id) => !ids.has(id))).toEqual([]);
    expect(Object.keys(all.changes).filter((change) => !changes.has(change))).toEqual([]);
    const used = new Set([...Object.values(all.checks), ...Object.values(all.changes)].flat());
    expect([...used].filter((way) => !Object.hasOwn(all.ways, way))).toEqual([]);
    expect(Object.keys(all.ways).filter((way) => !used.has(way))).toEqual([]);
    const known: readonly string[] = placeholders;
    expect(
      Object.values(all.ways).flatMap(({ run }) => placeholdersIn(run).filter((one) => !known.includes(one))),
    ).toEqual([]);
  });

  it('are bash', () => {
    const script = Object.values(all.ways)
      .map(({ run }) => run.replaceAll(/\{[A-Za-z]+\}/g, 'x'))
      .join('\n');
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});
