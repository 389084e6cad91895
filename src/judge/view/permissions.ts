import { Type, type Static } from '@sinclair/typebox';
import { isInnerList, parseDictionary, Token, type Dictionary } from 'structured-headers';
import { closed, list, text } from '../../model/schema.ts';

/** A Permissions-Policy header as browsers read it. */
export const permissionsView = Type.Object(
  {
    /** It follows the grammar of RFC 9651; a browser drops one that does not whole. */
    valid: Type.Boolean(),
    /** Features that let a page look at people or devices and that any frame of any site may use (`*`). */
    openToAll: list(text(64), 50),
  },
  closed,
);
export type Permissions = Static<typeof permissionsView>;

/** https://www.w3.org/TR/permissions-policy/ and the lists of features kept beside it. */
const powerful: ReadonlySet<string> = new Set([
  ...[
    'camera',
    'microphone',
    'geolocation',
    'display-capture',
    'screen-wake-lock',
    'payment',
    'publickey-credentials-get',
  ],
  ...[
    'usb',
    'serial',
    'hid',
    'bluetooth',
    'midi',
    'local-fonts',
    'idle-detection',
    'clipboard-read',
    'window-management',
  ],
]);

/** Reads the joined values of the header; null when there is none. */
export function permissionsOf(value: string | null): Permissions | null {
  if (value === null) return null;
  const dictionary = dictionaryOf(value);
  if (dictionary === null) return { valid: false, openToAll: [] };
  const open = [...dictionary].filter(([name, member]) => {
    const items = isInnerList(member) ? member[0] : [member];
    return powerful.has(name) && items.some(([item]) => item instanceof Token && item.toString() === '*');
  });
  return { valid: true, openToAll: open.map(([name]) => name.slice(0, 64)).slice(0, 50) };
}

/** Null for what is no dictionary. */
export function dictionaryOf(value: string): Dictionary | null {
  try {
    return parseDictionary(value);
  } catch {
    return null;
  }
}
