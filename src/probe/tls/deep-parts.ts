import { examineChains } from './chain/examine.ts';
import type { TlsPart } from './context.ts';
import { probeFaults } from './faults/probe-faults.ts';
import { jarmPart } from './survey/jarm.ts';
import { survey } from './survey/survey.ts';

/** What is asked beyond versions, suites and chains. Loaded when it is wanted: a third of the prober's code. */
export function deepParts(options: { readonly jarm: boolean }): TlsPart[] {
  return [survey, examineChains, probeFaults, ...(options.jarm ? [jarmPart] : [])];
}
