import { join } from 'node:path';

/** Where the store lies inside an output folder. */
export const storeFile = (out: string): string => join(out, 'rasoat.sqlite');
