/** A place in what was read: a container, or the value (or the key itself) that it holds under a key or index. */
export type Place = { readonly in: object; readonly key?: string | number; readonly part?: 'key' };

/** Both count from 1; columns in UTF-16 units. */
export type Position = { readonly line: number; readonly column: number };

/** Where a place was written in the file. */
export type Locate = (place: Place) => Position;
