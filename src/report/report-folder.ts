import type { WriteOptions } from './write.ts';

/** Ids that would be taken for one of our own words in the name of a folder. */
const ours = /^(?:owner|province|travelling)(?:-|$)/;

/** The folder that a report is written into by default, in the output folder: no two reports have one in common. */
export function reportFolder({ travelling, only, owner }: Pick<WriteOptions, 'travelling' | 'only' | 'owner'>): string {
  const of = owner === undefined ? [] : ours.test(owner) ? ['owner', owner] : [owner];
  return ['report', travelling === true ? 'travelling' : [], only ?? [], of].flat().join('-');
}
