import { createNeighbours, readsNeighbours } from '../judge/neighbours.ts';
import type { Finding } from '../model/finding.ts';
import type { Target } from '../model/target.ts';
import type { Lawbook, Store } from '../store/types.ts';
import { createJudge } from './observe-target.ts';

/**
 * Decides, now that every target of the run was looked at, the checks that ask about the others too. Such checks read
 * TLS alone. `keeps`: the findings asked about, where not all are; `beside`: a scan that tells of the targets which a partial run left
 * out. A run may hold more observations than fit in memory, so they are gone through twice, some at a time.
 */
export async function judgeTogether(
  store: Store,
  run: string,
  judgement: number,
  lawbook: Lawbook,
  keeps: (finding: Finding) => boolean = () => true,
  beside?: { readonly run: string; readonly of: (target: Target) => boolean },
): Promise<void> {
  const checks = lawbook.checks.filter(readsNeighbours);
  if (checks.length === 0) return;
  const neighbours = createNeighbours();
  for await (const page of store.observationPages(run, 'tls')) for (const one of page) neighbours.add(one);
  if (beside !== undefined) {
    const others = new Set((await store.targets(beside.run)).filter(beside.of).map(({ key }) => key));
    for await (const page of store.observationPages(beside.run, 'tls'))
      for (const one of page) if (others.has(one.target)) neighbours.add(one);
  }
  const judge = createJudge({ ...lawbook, checks });
  const targets = new Map((await store.targets(run)).map((target) => [target.key, target]));
  for await (const page of store.observationPages(run, 'tls')) {
    const findings = page.flatMap((observation): readonly Finding[] => {
      const target = targets.get(observation.target);
      return target === undefined ? [] : judge(target, [observation], neighbours.all).findings;
    });
    await store.replaceFindings(judgement, findings.filter(keeps));
  }
}
