// `npm run bench:scale [-- --seconds 60 --systems 20000 --workers 1,2,4,8 --full]`: the simulated country, scanned by so many workers over
// a real PostgreSQL, each for a while, and what a million endpoints would need by what was measured. Exit 1 when anything was lost,
// doubled or found otherwise than it is. Needs root: it makes a network of its own.
import { fileURLToPath } from 'node:url';
import { runInNamespace } from '../country/namespace.ts';

process.exitCode = await runInNamespace(
  fileURLToPath(new URL('scale-main.ts', import.meta.url)),
  process.argv.slice(2),
);
