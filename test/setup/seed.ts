// Property tests draw the same values each time: CI fails for what was changed, never by chance. `RASOAT_SEED=random` (or a number) draws others.
import fc from 'fast-check';

const asked = process.env['RASOAT_SEED'];
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20_261_126) });
