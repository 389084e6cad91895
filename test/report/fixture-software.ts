import type { Observation } from '../../src/model/observation.ts';
import type { AssessedTarget, SoftwareItemView } from '../../src/model/software/assessed.ts';

/** What a judgement by fresh feeds would make of the invented software. */
export function softwareOf(observation: Observation): readonly AssessedTarget[] {
  if (observation.kind !== 'software' || !observation.ok) return [];
  const items = observation.facts.items.map(({ product, version, port, source, text }): SoftwareItemView => {
    const plain = { product, version: version ?? null, port, source, text, distribution: null };
    if (product === 'php') return { ...plain, ...ended, ...weakPhp };
    if (product === 'apache-http-server' && version !== undefined) return { ...plain, ...weakApache };
    return plain;
  });
  return [{ target: observation.target, items }];
}

const ended = { line: '5.6', endOfLife: '2018-12-31', supported: false, endingSoon: false };
const feeds = 'nvd 2026-11-20, kev 2026-11-21, epss 2026-11-21';
const certainty = 'possible' as const;
const weakPhp = {
  vulnerable: true,
  exploited: false,
  ransomware: false,
  likelyExploited: false,
  vulnerabilities: 14,
  worst: [
    {
      id: 'CVE-2019-9641',
      score: 9.8,
      epss: 0.06,
      exploited: false,
      due: null,
      ransomware: false,
      fixedIn: null,
      certainty,
    },
  ],
  feeds,
};
const weakApache = {
  vulnerable: true,
  exploited: true,
  ransomware: true,
  likelyExploited: true,
  vulnerabilities: 3,
  worst: [
    {
      id: 'CVE-2021-40438',
      score: 9,
      epss: 0.94,
      exploited: true,
      due: '2021-12-15',
      ransomware: true,
      fixedIn: '2.4.49',
      certainty,
    },
    {
      id: 'CVE-2021-44790',
      score: 9.8,
      epss: 0.85,
      exploited: false,
      due: null,
      ransomware: false,
      fixedIn: '2.4.52',
      certainty,
    },
  ],
  feeds,
};
