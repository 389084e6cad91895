import type { Chain } from '../../model/facts/http.ts';
import type { OwnHost } from './own-host.ts';

/** Titles that servers give to the list of a folder: Apache, nginx, lighttpd; Python; Tomcat. */
const titles = /^(index of \/|directory listing for \/|directory listing for \[\/)/i;

/** The URL of a folder that is listed in the place of the endpoint's page; null when no such list was seen. */
export function listedPageOf(chain: Chain | undefined, own: OwnHost): string | null {
  const last = chain?.hops.at(-1);
  if (last === undefined || chain?.end !== 'answer' || last.status !== 200 || !own.isSite(last.url)) return null;
  return titles.test(chain.body?.title?.trim() ?? '') ? last.url : null;
}
