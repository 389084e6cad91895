// Runs the layering rules; fails on a violation and when too few modules were read for the answer to mean anything.
import { cruiseLayers } from './cruise.ts';

const { violations, modules } = await cruiseLayers('src');
for (const violation of violations) console.error(violation);
console.log(`${modules} modules read, ${violations.length} violations`);
process.exitCode = violations.length > 0 || modules < 50 ? 1 : 0;
