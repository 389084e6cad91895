import { fold } from '../yaml/nearest.ts';

/** A Vietnamese phrase as an id: `Sở Y tế` gives `so-y-te`. Empty when nothing is left. */
export function slug(text: string): string {
  const plain = fold(text).replace(/[^a-z0-9]+/g, '-');
  return plain.slice(0, 64).replace(/^-+|-+$/g, '');
}
