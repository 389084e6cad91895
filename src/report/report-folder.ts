import type { WriteOptions } from './write.ts';

/** The folder that a report is written into by default, in the output folder. */
export function reportFolder({ travelling, only, owner }: Pick<WriteOptions, 'travelling' | 'only' | 'owner'>): string {
  return ['report', travelling === true ? 'travelling' : [], only ?? [], owner ?? []].flat().join('-');
}
