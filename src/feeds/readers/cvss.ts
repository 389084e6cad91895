import type { Cvss } from '../../model/vulnerability.ts';
import { asList, asNumber, asObject, asText, field } from '../plain.ts';

/** Keys of `metrics` in the NVD's JSON, the newest scheme first. */
const schemes = [
  ['cvssMetricV40', '4.0'],
  ['cvssMetricV31', '3.1'],
  ['cvssMetricV30', '3.0'],
  ['cvssMetricV2', '2.0'],
] as const;

/** The score by the newest scheme, the NVD's own (Primary) before another's. */
export function bestCvss(metrics: unknown): Cvss | undefined {
  for (const [key, version] of schemes) {
    const given = asList(field(metrics, key));
    const metric = given.find((one) => field(one, 'type') === 'Primary') ?? given[0];
    const data = asObject(field(metric, 'cvssData'));
    const score = asNumber(data?.['baseScore']);
    if (data === undefined || score === undefined || score < 0 || score > 10) continue;
    return { version, score, severity: severityOf(score, version), vector: asText(data['vectorString'], 200) ?? '' };
  }
  return undefined;
}

/** The words of FIRST's table (CVSS 3.1 section 5, the same in 4.0); for 2.0 those of the NVD, which knows no critical. */
function severityOf(score: number, version: Cvss['version']): Cvss['severity'] {
  if (version !== '2.0' && score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 || version === '2.0' ? 'low' : 'none';
}
