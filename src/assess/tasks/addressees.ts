import type { Addressees } from '../../model/framework.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Organisation } from '../../model/inventory/organisation.ts';
import type { TaskSubject } from '../../model/task-status.ts';

type Place = Pick<Inventory, 'organisations' | 'province'>;

/**
 * The bodies a task falls on: those named, then every organisation of the kinds. A named body that no organisation bears the name
 * of stays, as a body: what is asked of it is asked all the same. A unit under another addressee of those kinds answers through
 * it, so "các sở, ban, ngành" does not mean their centres.
 */
export function addressed({ named = [], kinds = [] }: Addressees, place: Place): readonly TaskSubject[] {
  const byName = new Map(
    place.organisations.toReversed().map((one) => [plainName(one.name, place.province.name), one.id]),
  );
  const byId = new Map(place.organisations.map((one) => [one.id, one]));
  const found = named.map(({ name, also = [] }): TaskSubject => {
    const id = [name.vi, ...also].map((one) => byName.get(plainName(one, place.province.name))).find(Boolean);
    return id === undefined ? { kind: 'body', name } : { kind: 'organisation', organisation: id };
  });
  const ids = new Set(found.flatMap((one) => (one.kind === 'organisation' ? [one.organisation] : [])));
  const wanted = (one: Organisation | undefined) => one?.kind !== undefined && kinds.includes(one.kind);
  const ofKind = place.organisations.filter(
    (one) => wanted(one) && !ids.has(one.id) && !wanted(one.parent === undefined ? undefined : byId.get(one.parent)),
  );
  return [...found, ...ofKind.map(({ id }): TaskSubject => ({ kind: 'organisation', organisation: id }))];
}

/** A body's name as it is compared: letters composed and small, "UBND" in full, without the province. */
function plainName(name: string, province: string): string {
  const fold = (text: string) => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const short = fold(province)
    .replace(/\(.*\)/, '')
    .replace(/^(tỉnh|thành phố) /, '')
    .trim();
  return fold(name)
    .replace(/\bubnd\b/g, 'ủy ban nhân dân')
    .replaceAll('uỷ', 'ủy')
    .replace(new RegExp(` ${short.replaceAll(/[^\p{L}\p{N} ]/gu, '.')}$`, 'u'), '')
    .replace(/ (tỉnh|thành phố)$/, '');
}
