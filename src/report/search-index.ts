import type { Asset } from './assets.ts';
import { cut, visible } from './visible.ts';
import { organisation } from './view/matrix.ts';
import { organisationIds } from './view/organisation-page.ts';
import { compare, type ReportIndex, type SystemFile } from './view/report-index.ts';

type Name = readonly [vi: string, en: string | 0];

const mostHosts = 4;

/**
 * What the pages' script finds systems and organisations by (templates/scripts/20-search.js has its shape). A page opened from disk
 * may fetch nothing, so it is a script that sets one value; in it stands what the pages themselves show, as data.
 */
export function searchIndex(index: ReportIndex): Asset {
  const ids = organisationIds(index);
  const at = new Map(ids.map((id, n) => [id, n]));
  const systems = index.files
    .toSorted((a, b) => a.system.name.localeCompare(b.system.name, 'vi') || compare(a.system.id, b.system.id))
    .map(({ system, targets }) => [
      system.id,
      ...nameOf(system),
      at.get(system.owner) ?? -1,
      system.classification?.level ?? 0,
      system.stateSecret === true ? '' : hosts(targets),
    ]);
  const organisations = ids.map((id) => [id, ...nameOf(organisation(index, id))]);
  return { path: 'assets/index.js', content: `rasoatIndex=${inScript({ organisations, systems })}\n` };
}

function nameOf(thing: { readonly name: string; readonly nameEn?: string }): Name {
  return [shown(thing.name), thing.nameEn === undefined ? 0 : shown(thing.nameEn)];
}

function hosts(targets: SystemFile['targets']): string {
  const names = targets.flatMap(({ name, address }) => name ?? address ?? []);
  return [...new Set(names)].slice(0, mostHosts).map(shown).join(' ');
}

function shown(text: string): string {
  return visible(cut(text, 300).text);
}

/** JSON that stays one value wherever it is put in a script: no end of an element or a line in it, no lone surrogate. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
