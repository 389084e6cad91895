// `npm run bench:chaos [-- --times 2 --endpoints 90 --only PATTERN --seed N]`: strikes real runs in every way that issue 9 names and
// holds each against an undisturbed one. Exit 1 when anything was lost or doubled. Needs root: it makes a network of its own.
import { fileURLToPath } from 'node:url';
import { runInNamespace } from '../country/namespace.ts';

process.exitCode = await runInNamespace(
  fileURLToPath(new URL('chaos-main.ts', import.meta.url)),
  process.argv.slice(2),
);
