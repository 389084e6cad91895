import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportData } from '../../src/model/report-data.ts';
import { exportEvidence } from '../../src/pipeline/evidence/export.ts';
import { anothersTarget } from '../../src/report/own-data.ts';
import type { Store } from '../../src/store/types.ts';
import { scratch } from '../e2e/cli.ts';
import { fixture } from '../report/fixture.ts';
import { filesIn, sourceOf, type Files } from './packs.ts';
import { storeOf } from './store-of.ts';
import { loadVerifier } from '../../src/evidence/verifier.ts';

const here = scratch();
let store: Store;
let whole: Files;
const data = withNeighbours(fixture());
const created = '2026-11-25T10:00:00.000Z';

/** Two systems of two owners on one address, and a finding that had to compare with a target of somebody else. */
function withNeighbours(given: ReportData): ReportData {
  const [first] = given.findings.filter(({ outcome }) => outcome === 'fail');
  const partiesOf = (system: string) => {
    const one = given.inventory.systems.find(({ id }) => id === system);
    return [one?.owner, one?.operator];
  };
  const parties = partiesOf(first?.system ?? '');
  const other = given.targets.find(({ system }) => !partiesOf(system).some((party) => parties.includes(party)));
  if (first === undefined || other === undefined) throw new Error('no neighbours in the fixture');
  const evidence = [{ at: '/tls/sharedWith', saw: [other.key], because: { vi: 'Dùng chung', en: 'Shared' } }];
  const exclusions = [
    { networks: ['203.0.113.0/24'], reason: 'Không của ai ở đây' },
    { domains: [`x.${other.name ?? ''}`], reason: 'Đang thi' },
  ];
  return {
    ...given,
    inventory: { ...given.inventory, exclusions },
    findings: given.findings.map((one) => (one === first ? { ...one, evidence } : one)),
  };
}

async function packOf(organisation?: string): Promise<Files> {
  const to = here.file(organisation ?? 'whole');
  const run = (await store.runs())[0] ?? data.run;
  await exportEvidence(store, run, {
    out: here.path,
    to,
    created,
    ...(organisation === undefined ? {} : { organisation }),
  });
  return filesIn(to);
}
const manifestOf = (files: Files) => JSON.parse((files.get('manifest.json') ?? '').toString()) as unknown;
const textOf = (files: Files) => [...files.values()].map(String).join('\n');
type Record = { kind: string; body: { system?: string; part?: string; event?: object }; narrowed?: true };
const recordsOf = (files: Files) =>
  (files.get('records.jsonl') ?? '')
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record);

beforeAll(async () => {
  store = await storeOf(here.file('rasoat.sqlite'), data);
  whole = await packOf();
});
afterAll(async () => {
  await store.close();
  here.remove();
});

/** Ids, names, hosts and addresses of systems that are not of an organisation, where no system of its own has them too. */
function foreignSigns(organisation: string): readonly string[] {
  const isOwn = (id: string) =>
    data.inventory.systems.some((one) => one.id === id && [one.owner, one.operator].includes(organisation));
  const signs = (own: boolean) => [
    ...data.inventory.systems.flatMap(({ id, name }) => (isOwn(id) === own ? [`"${id}"`, name] : [])),
    ...data.targets.flatMap(({ system, key, name, address }) =>
      isOwn(system) === own ? [key, name ?? key, address ?? key] : [],
    ),
  ];
  const own = new Set(signs(true));
  return signs(false).filter((sign) => ![...own].some((mine) => mine.includes(sign)));
}

const organisations = data.inventory.organisations.map(({ id }) => id);

describe('packs of one organisation', () => {
  it.each(organisations)('of %s: a true part of the whole, with nothing of others', async (organisation) => {
    const { verifyPack } = await loadVerifier();
    const part = await packOf(organisation);
    const found = await verifyPack(sourceOf(part), { whole: manifestOf(whole) });
    expect(found.faults).toEqual([]);
    const text = textOf(part);
    expect(foreignSigns(organisation).filter((sign) => text.includes(sign))).toEqual([]);
    expect(foreignSigns(organisation).length).toBeGreaterThan(20);
  });

  it('together hold all of the systems, each whole', () => {
    const parts = organisations.map((id) => recordsOf(filesIn(here.file(id))));
    const ofSystems = new Set(['system', 'target', 'observation', 'finding', 'assessment', 'history', 'aside']);
    const keys = (records: readonly Record[]) =>
      records.flatMap(({ kind, body, narrowed }) =>
        ofSystems.has(kind) && !narrowed ? JSON.stringify([kind, body]) : [],
      );
    const all = new Set(parts.flatMap(keys));
    const missing = keys(recordsOf(whole)).filter((one) => !all.has(one));
    // The one that names somebody else's target is narrowed in its owner's pack, and whole in no other.
    expect(missing.filter((one) => !one.includes('sharedWith'))).toEqual([]);
    expect(missing).toHaveLength(1);
    const narrowed = parts.flat().filter((record) => record.narrowed);
    expect(new Set(narrowed.map((record) => JSON.stringify(record.body))).size).toBe(1);
    expect(JSON.stringify(narrowed[0]?.body)).toContain(anothersTarget);
  });

  it('tell nothing of systems that may not be looked at, nor does the whole', () => {
    const hidden = data.inventory.systems.filter((one) => one.excluded ?? (one.stateSecret && !one.stateSecretPermit));
    expect(hidden.length).toBeGreaterThan(0);
    for (const files of [whole, ...organisations.map((id) => filesIn(here.file(id)))])
      for (const { id, name } of hidden)
        for (const sign of [`"${id}"`, name]) expect(textOf(files).includes(sign), sign).toBe(false);
    expect(JSON.stringify(recordsOf(whole).find(({ body }) => body.part === 'systems-left-out')?.body)).toContain(
      `"count":${hidden.length}`,
    );
  });

  it('have salts that do not come from what they salt', async () => {
    const { secretOf } = await import('../../src/evidence/secret.ts');
    expect(secretOf(here.path, data.run.id)).toEqual(secretOf(here.path, data.run.id));
    const other = scratch();
    expect(secretOf(other.path, data.run.id)).not.toEqual(secretOf(here.path, data.run.id));
    other.remove();
    expect(textOf(whole)).not.toContain(readFileSync(join(here.path, '.evidence-salts', data.run.id), 'utf8').trim());
  });
});
