import type { Inventory } from '../../model/inventory.ts';
import type { Acting } from '../../model/level.ts';
import type { Output } from '../output.ts';

/** An authority with the organisation that is it here. */
export function actingWords({ lang, say }: Output, acting: Acting, inventory: Inventory): string {
  const named = inventory.organisations.find(({ id }) => id === acting.organisation);
  const own = acting.authority === 'owner' || acting.authority === 'specialised-unit';
  const who = named === undefined ? (own ? say('level.organisation-unknown') : undefined) : nameWords(lang, named);
  return `${acting.name[lang]}${who === undefined ? '' : `: ${who}`} (${acting.article})`;
}

/** A name in the language of the command, else the Vietnamese one. */
export function nameWords(
  lang: Output['lang'],
  { name, nameEn }: { readonly name: string; readonly nameEn?: string },
): string {
  return lang === 'en' ? (nameEn ?? name) : name;
}
