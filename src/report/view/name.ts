/** A proper name: the Vietnamese one, and the English one where the inventory has it. */
export type Name = { readonly vi: string; readonly en: string | null };

/** The name of a thing in the inventory. */
export function nameOf(thing: { readonly name: string; readonly nameEn?: string }): Name {
  return { vi: thing.name, en: thing.nameEn ?? null };
}
