import type { FeedName } from '../model/feed.ts';
import type { FeedReader } from './reader.ts';
import { debianReader } from './readers/debian.ts';
import { endOfLifeReader } from './readers/end-of-life.ts';
import { epssReader } from './readers/epss.ts';
import { kevReader } from './readers/kev.ts';
import { nvdReader } from './readers/nvd.ts';
import { osvReader } from './readers/osv.ts';
import { publicSuffixReader } from './readers/public-suffix.ts';
import { recogReader } from './readers/recog.ts';
import { retireReader } from './readers/retire.ts';
import { rootsReader } from './readers/roots.ts';

/** How each feed is read. */
export const readers: Readonly<Record<FeedName, FeedReader>> = {
  'end-of-life': endOfLifeReader,
  kev: kevReader,
  epss: epssReader,
  nvd: nvdReader,
  osv: osvReader,
  debian: debianReader,
  retire: retireReader,
  recog: recogReader,
  roots: rootsReader,
  'public-suffix': publicSuffixReader,
};
