import type { Chain, Hop } from '../../model/facts/http.ts';
import { failure, type Failure } from '../../model/failure.ts';
import { headerValues } from './headers.ts';

/** Titles of the pages that filters and anti-bot services show instead of the site, whatever their status. */
const titles: readonly RegExp[] = [
  /^just a moment\.{3}$/i, // Cloudflare
  /^attention required! \| cloudflare$/i,
  /^request rejected$/i, // F5 BIG-IP ASM, with status 200
  /^web page blocked!?$/i, // FortiGate, FortiWeb
  /^access denied$/i,
  /^pardon our interruption$/i, // Imperva
  /^sucuri website firewall/i,
  /^ddos-guard$/i,
  /^human verification$/i, // AWS WAF
];

/** Headers by which such services mark an answer as theirs. */
const marks: readonly (readonly [name: string, value: RegExp])[] = [
  ['cf-mitigated', /^challenge$/i],
  ['x-amzn-waf-action', /^(challenge|captcha)$/i],
  ['x-sucuri-block', /./],
];

/**
 * Why an answer is not the site's own: a filter's page, or a status by which one refuses (401 and 404 are the site's
 * own). Null when nothing speaks against it.
 */
export function challengeIn(hop: Hop, body: Chain['body']): Failure | null {
  const mark = marks.find(([name, value]) => headerValues(hop, name).some((each) => value.test(each)));
  if (mark !== undefined) return failure('blocked', `${hop.url} answered with a challenge (${mark[0]})`);
  const title = body?.title?.trim() ?? '';
  if (titles.some((each) => each.test(title)))
    return failure('blocked', `${hop.url} answered with a filter's page: ${title}`);
  return [403, 429, 451].includes(hop.status)
    ? failure('blocked', `${hop.url} answered with status ${hop.status}`)
    : null;
}
