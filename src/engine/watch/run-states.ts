import type { Run } from '../../model/run.ts';

export const runStates = ['running', 'finished', 'interrupted'] as const satisfies readonly Run['state'][];
