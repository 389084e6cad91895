// One person at work, as a process of his own: records a change of one finding again and again.
import { storePlace } from '../../src/store/place.ts';
import { openStore } from '../../src/store/store.ts';
import { recordChange } from '../../src/pipeline/track-change.ts';
import { assign } from '../../src/track/change.ts';

const [folder = '', finding = '', by = '', count = '0'] = process.argv.slice(2);
const store = await openStore(storePlace(folder));
for (let n = 0; n < Number(count); n++) {
  const hand = { by, at: new Date().toISOString() };
  await recordChange(store, [finding], (life) => assign(life, { person: `${by} ${n}` }, hand));
}
await store.close();
