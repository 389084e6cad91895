import { visible } from '../../visible.ts';

/** Characters that no shell reads anything into, wherever they stand. */
const plain = /^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,=-]*$/;

/** Text as one word of a POSIX shell, quoted where it must be. */
export function shellWord(text: string): string {
  return plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Whether text may stand in a command that a person copies: it shows all that it is, and no program takes it for an
 * option. What may not has no command at all.
 */
export function mayStandInCommand(text: string): boolean {
  return text.length > 0 && text.length <= 2048 && !text.startsWith('-') && visible(text) === text;
}
