import { describeCertificate } from '../../judge/view/certificate.ts';
import type { CertificateFacts, StapleFacts, TlsFacts } from '../../model/facts/tls.ts';
import { formatDay } from '../../report/format.ts';
import { safeText } from '../safe-text.ts';
import { visibleWidth } from '../width.ts';
import { clip, pad, type Mark, type Page } from './page.ts';

const dayMs = 86_400_000;
/** Under this many days a renewal is due (check cert-expiry-soon). */
const soonDays = 21;
const weakHashes: ReadonlySet<string> = new Set(['md2', 'md4', 'md5', 'sha0', 'sha1', 'ripemd160']);

/** Who the server says it is: each chain that it sends, its dates, its names, and who trusts it. */
export function printCertificates(page: Page, facts: TlsFacts, at: string): void {
  const { chains = [], chainsWithoutName = [] } = facts;
  if (chains.length === 0) return;
  page.section('certificates');
  for (const [index, chain] of chains.entries()) {
    if (index > 0) page.line();
    printChain(page, facts, chain, at);
  }
  const known = new Set(chains.map(([leaf]) => leaf?.sha256));
  for (const chain of chainsWithoutName) {
    if (known.has(chain[0]?.sha256)) continue;
    page.line();
    page.line(`  ${page.colors.dim(page.say('tls.certificate.without-name'))}`);
    printChain(page, facts, chain, at);
  }
}

type Row = (key: string, mark: Mark, text: string, rest?: readonly string[]) => void;

function printChain(page: Page, facts: TlsFacts, chain: readonly CertificateFacts[], at: string): void {
  const [leaf] = chain;
  if (leaf === undefined) return;
  const { say, colors } = page;
  const validity = validityOf(page, leaf, at);
  const key = `${safeText(leaf.keyType, 32).toUpperCase()}${leaf.keyBits === undefined ? '' : ` ${leaf.keyBits}`}`;
  const strength = describeCertificate(leaf, at).strength ?? 128;
  page.line(
    `  ${page.mark(worse(validity.mark, strength < 112 ? 'bad' : 'good'))} ${colors.bold(say('tls.certificate.heading', { key, until: formatDay(leaf.notAfter.slice(0, 10)) }))} · ${page.paint(validity.mark, validity.text)}`,
  );
  page.why('certificate.validity', 4);
  const labels = ['names', 'signature', 'chain', 'trust', 'revocation', 'scts', 'sha256'].map((one) =>
    say(`tls.certificate.${one}`),
  );
  const column = Math.max(...labels.map(visibleWidth)) + 2;
  const row: Row = (name, mark, text, rest = []) => {
    const head = `    ${pad(say(`tls.certificate.${name}`), column)}`;
    page.wrapped(name === 'sha256' ? head : `${head}${page.mark(mark)} `, text);
    for (const more of rest) page.line(`${' '.repeat(4 + column)}${more}`);
    if (page.explain && name !== 'sha256') page.why(`certificate.${name}`, 4 + column);
  };
  namesRow(page, row, facts, leaf);
  const hash = describeCertificate(leaf, at).signatureHash;
  row(
    'signature',
    hash !== undefined && weakHashes.has(hash) && !leaf.selfIssued ? 'bad' : 'good',
    safeText(leaf.signature ?? '?'),
  );
  chainRow(page, row, chain, 4 + column);
  trustRow(page, row, facts, leaf);
  stapleRow(
    page,
    row,
    facts.staples?.find((one) => one.leaf === leaf.sha256),
    leaf,
    facts.staples !== undefined,
  );
  if (leaf.scts !== undefined)
    row('scts', leaf.scts > 0 ? 'good' : 'plain', say('tls.certificate.scts-count', { count: leaf.scts }));
  row('sha256', 'plain', leaf.sha256);
}

function validityOf({ say }: Page, leaf: CertificateFacts, at: string): { readonly mark: Mark; readonly text: string } {
  const now = Date.parse(at);
  const days = Math.floor((Date.parse(leaf.notAfter) - now) / dayMs);
  if (days < 0) return { mark: 'bad', text: say('tls.certificate.expired', { days: -days }) };
  if (Date.parse(leaf.notBefore) > now) {
    return { mark: 'bad', text: say('tls.certificate.not-yet', { from: formatDay(leaf.notBefore.slice(0, 10)) }) };
  }
  return { mark: days < soonDays ? 'dated' : 'good', text: say('tls.certificate.days-left', { days }) };
}

function namesRow({ say }: Page, row: Row, { verified }: TlsFacts, leaf: CertificateFacts): void {
  const shown = leaf.names.slice(0, 12).map((name) => safeText(name, 100));
  const more = leaf.names.length > shown.length ? [say('tls.more', { count: leaf.names.length - shown.length })] : [];
  const names = leaf.names.length === 0 ? say('tls.certificate.no-names') : [...shown, ...more].join(', ');
  if (verified === undefined) {
    row('names', leaf.names.length === 0 ? 'bad' : 'plain', names);
    return;
  }
  const { nameMatches } = verified;
  row(
    'names',
    nameMatches ? 'good' : 'bad',
    `${names} (${say(`tls.certificate.${nameMatches ? 'match' : 'mismatch'}`)})`,
  );
}

/** The chain as a tree, each certificate under the one that it issued. */
function chainRow(page: Page, row: Row, chain: readonly CertificateFacts[], indent: number): void {
  const { say, colors, width } = page;
  const lines = chain.map((one, depth) => {
    const after = chain[depth - 1];
    const fits = after === undefined || after.issuer === one.subject;
    const note = fits ? '' : ` ${page.paint('bad', `▲ ${say('tls.certificate.not-issuer')}`)}`;
    return `${branch(depth)}${clip(safeText(one.subject), width - indent - 2 - 3 * depth - (fits ? 0 : 24))}${note}`;
  });
  const last = chain.at(-1);
  if (last !== undefined && !last.selfIssued) {
    const note = `(${say('tls.certificate.not-sent')})`;
    const room = width - indent - 3 * chain.length - visibleWidth(note) - 3;
    lines.push(`${branch(chain.length)}${colors.dim(`${clip(safeText(last.issuer), room)} ${note}`)}`);
  }
  const ordered = chain.every((one, index) => index === 0 || chain[index - 1]?.issuer === one.subject);
  const [first = '', ...rest] = lines;
  row(
    'chain',
    ordered ? 'good' : 'bad',
    first,
    rest.map((line) => `  ${line}`),
  );
}

const branch = (depth: number) => (depth === 0 ? '' : `${'   '.repeat(depth - 1)}└─ `);

function trustRow(page: Page, row: Row, { trust, verified }: TlsFacts, leaf: CertificateFacts): void {
  const { say } = page;
  const own = (trust ?? []).filter((one) => one.leaf === leaf.sha256);
  const verdicts =
    own.length > 0
      ? own.map(({ store, trusted, error }) => ({ store: safeText(store, 60), trusted, error }))
      : verified === undefined
        ? []
        : [{ store: say('tls.certificate.default-store'), trusted: verified.trusted, error: verified.trustError }];
  if (verdicts.length === 0) return;
  const lines = verdicts
    .toSorted((a, b) => Number(b.trusted) - Number(a.trusted))
    .map(({ store, trusted, error }) => {
      const word = say(`tls.certificate.${trusted ? 'trusted' : 'untrusted'}`);
      return { trusted, text: `${store}: ${word}${error === null ? '' : ` (${safeText(error, 120)})`}` };
    });
  const anybody = lines.some(({ trusted }) => trusted);
  const [first, ...rest] = lines;
  row(
    'trust',
    anybody ? 'good' : 'bad',
    first?.text ?? '',
    rest.map(({ trusted, text }) => `${page.mark(trusted ? 'good' : anybody ? 'plain' : 'bad')} ${text}`),
  );
}

function stapleRow(
  { say }: Page,
  row: Row,
  staple: StapleFacts | undefined,
  leaf: CertificateFacts,
  asked: boolean,
): void {
  if (staple === undefined) {
    if (!asked) return;
    if (leaf.mustStaple === true) row('revocation', 'bad', say('tls.certificate.staple-missing'));
    else row('revocation', 'plain', say('tls.certificate.staple-none'));
    return;
  }
  const until = staple.nextUpdate === undefined ? '?' : formatDay(staple.nextUpdate.slice(0, 10));
  const words =
    staple.status === 'good'
      ? say('tls.certificate.staple-good', { until })
      : say(`tls.certificate.staple-${staple.status}`);
  const unverified = staple.verified ? '' : ` (${say('tls.certificate.staple-unverified')})`;
  row('revocation', staple.status === 'good' && staple.verified ? 'good' : 'bad', `${words}${unverified}`);
}

function worse(a: Mark, b: Mark): Mark {
  const order: readonly Mark[] = ['bad', 'dated', 'good'];
  return order.find((mark) => mark === a || mark === b) ?? a;
}
