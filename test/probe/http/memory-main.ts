import { hostileBehaviours } from '../../servers/hostile.ts';
import { spawnHostile } from '../../servers/hostile-main.ts';
import { observeWeb } from './observe-web.ts';

// Run alone, with --expose-gc: prints by how many megabytes this process grew at most over two rounds of the hostile set.
const address = '127.0.32.10';
const server = await spawnHostile(address);
globalThis.gc?.();
const before = process.memoryUsage().rss;
let peak = before;
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 2);
for (const name of [...Object.keys(hostileBehaviours), ...Object.keys(hostileBehaviours)]) {
  const options = { headersMs: 200, bodyMs: 200 };
  await observeWeb({ url: `http://${address}:${server.port}/${name}`, address, options }).catch(() => undefined);
  globalThis.gc?.();
}
clearInterval(timer);
server.close();
process.stdout.write(String((peak - before) / 1_048_576));
