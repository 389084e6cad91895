import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { inventorySchema } from '../../src/model/inventory.ts';
import type { ReportData } from '../../src/model/report-data.ts';
import { anothersTarget, ownData } from '../../src/report/own-data.ts';
import { fixture } from './fixture.ts';

/** What betrays a system: id, name, targets, hosts and addresses that no system of the organisation shares. */
function signsOf(data: ReportData, isOwn: (system: string) => boolean): ReadonlySet<string> {
  const signs = (own: boolean) =>
    data.inventory.systems
      .filter(({ id }) => isOwn(id) === own)
      .flatMap((system) => [
        system.id,
        system.name,
        ...data.targets
          .filter((target) => target.system === system.id)
          .flatMap(({ key, name, address }) => [key, name ?? key, address ?? key]),
      ]);
  const own = signs(true);
  return new Set(signs(false).filter((sign) => !own.some((mine) => mine.includes(sign))));
}

describe('what one organisation may be shown', () => {
  const data = fixture();

  it.each(data.inventory.organisations.map(({ id }) => id))('holds nothing of systems that are not of %s', (id) => {
    const own = ownData(data, id);
    const mine = new Set(own.inventory.systems.map((system) => system.id));
    const text = JSON.stringify({ ...own, track: undefined });
    expect(
      [...signsOf(data, (system) => mine.has(system))].filter((sign) =>
        text.includes(JSON.stringify(sign).slice(1, -1)),
      ),
    ).toEqual([]);
    for (const system of data.inventory.systems) {
      expect(mine.has(system.id)).toBe(system.owner === id || system.operator === id);
    }
  });

  it('is whole for the systems that it shows', () => {
    const all = data.inventory.organisations.map(({ id }) => ownData(data, id));
    for (const key of ['findings', 'assessments', 'targets'] as const) {
      const shown = new Set(all.flatMap((own) => own[key].map((one) => JSON.stringify(one))));
      expect(shown.size).toBe(new Set(data[key].map((one) => JSON.stringify(one))).size);
    }
  });

  it('is an inventory that the schema allows, and refers to nobody who is not in it', () => {
    const ajv = new Ajv({ strict: false, discriminator: true });
    for (const { id } of data.inventory.organisations) {
      const { inventory } = ownData(data, id);
      ajv.validate(inventorySchema, inventory);
      expect(ajv.errors).toBeNull();
      const known = new Set(inventory.organisations.map((one) => one.id));
      for (const { owner, operator } of inventory.systems)
        expect([known.has(owner), known.has(operator)]).toEqual([true, true]);
      for (const { parent } of inventory.organisations) expect(parent === undefined || known.has(parent)).toBe(true);
    }
  });

  it('names no target of anybody else in evidence that compares', () => {
    const [first] = data.findings;
    const owner = data.inventory.systems.find(({ id }) => id === first?.system)?.owner ?? '';
    const foreign = data.inventory.systems.filter((one) => one.owner !== owner && one.operator !== owner);
    const other = data.targets.find(({ system }) => foreign.some(({ id }) => id === system));
    if (first === undefined || other === undefined) throw new Error('fixture');
    const evidence = [{ at: '/tls/drown', saw: { others: [other.key, first.target] }, because: { vi: '', en: '' } }];
    const own = ownData({ ...data, findings: [{ ...first, evidence }] }, owner);
    expect(own.findings[0]?.evidence[0]?.saw).toEqual({ others: [anothersTarget, first.target] });
  });

  it('narrows documents to what covers its own endpoints', () => {
    const scope = { networks: ['192.0.2.0/24', '203.0.113.9'], domains: ['binhminh.example', 'nowhere.example'] };
    const [authorisation] = data.inventory.authorisations;
    if (authorisation === undefined) throw new Error('fixture');
    const inventory = { ...data.inventory, authorisations: [{ ...authorisation, scope }] };
    for (const { id } of data.inventory.organisations) {
      for (const { scope: own } of ownData({ ...data, inventory }, id).inventory.authorisations) {
        expect(own.networks ?? []).not.toContain('203.0.113.9');
        expect(own.domains ?? []).not.toContain('nowhere.example');
      }
    }
    expect(ownData({ ...data, inventory }, 'so-y-te').inventory.authorisations).toHaveLength(1);
    expect(ownData({ ...data, inventory }, 'nobody').inventory.authorisations).toEqual([]);
  });
});
