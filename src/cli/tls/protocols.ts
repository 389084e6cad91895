import type { ProtocolFacts, TlsFacts, TlsProtocol } from '../../model/facts/tls.ts';
import { visibleWidth } from '../width.ts';
import { pad, type Mark, type Page } from './page.ts';
import { currentProtocols, newestFirst, protocolWords } from './words.ts';

/** One line for each version: accepted, refused or not observed; how many suites, and who chooses. */
export function printProtocols(page: Page, { protocols }: TlsFacts): void {
  page.section('protocols');
  const rows = newestFirst.map((protocol) => ({ protocol, ...describe(page, protocol, protocols[protocol]) }));
  const width = Math.max(...rows.map(({ state }) => visibleWidth(state)));
  for (const { protocol, mark, state, rest } of rows) {
    const name = pad(protocolWords[protocol], 9);
    const head = `  ${page.mark(mark)} ${name}${page.paint(mark, pad(state, width))}  `;
    if (rest === '') page.line(head.trimEnd());
    else page.wrapped(head, rest);
    if (mark !== 'refused' && mark !== 'unseen') page.why(`protocol.${protocol}`, 13);
  }
}

function describe(
  { say }: Page,
  protocol: TlsProtocol,
  seen: ProtocolFacts | undefined,
): { readonly mark: Mark; readonly state: string; readonly rest: string } {
  if (seen === undefined) return { mark: 'unseen', state: say('tls.protocol.unseen'), rest: '' };
  if (!seen.offered) return { mark: 'refused', state: say('tls.protocol.refused'), rest: '' };
  const { suites = [], complete, order } = seen;
  const count = say(complete === true ? 'tls.protocol.suites' : 'tls.protocol.suites-at-least', {
    count: suites.length,
  });
  return {
    mark: currentProtocols.has(protocol) ? 'good' : 'bad',
    state: say('tls.protocol.offered'),
    rest: [count, ...(order === undefined ? [] : [say(`tls.order.${order}`)])].join(' · '),
  };
}
