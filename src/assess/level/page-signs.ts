import type { Chain, HttpFacts } from '../../model/facts/http.ts';

/** What a page shows that bears on its system's facts, with the words that show it. */
export type PageSigns = {
  /** It asks for a password. */
  readonly login: string | null;
  /** It speaks of receiving dossiers of administrative procedures. */
  readonly procedures: string | null;
  /** A form is sent somewhere that takes people's data: registration, declaration, citizens' papers. */
  readonly people: string | null;
};

/** Words by which portals of administrative procedures name themselves: in titles as people write, in URLs without marks. */
const procedureWords =
  /dịch vụ công( trực tuyến)?|một cửa( điện tử)?|thủ tục hành chính|nộp hồ sơ( trực tuyến)?|tra cứu hồ sơ|tiếp nhận hồ sơ|giải quyết hồ sơ/iu;
const procedurePaths =
  /(dich-?vu-?cong|mot-?cua|thu-?tuc-?hanh-?chinh|nop-?ho-?so|tra-?cuu-?ho-?so|tiep-?nhan-?ho-?so|tthc)(?![a-z])/i;
const peoplePaths =
  /(dang-?ky|register|sign-?up|khai-?bao|cccd|cmnd|can-?cuoc|ho-?ten|lich-?hen|dat-?lich|gop-?y|phan-?anh|kien-?nghi)(?![a-z])/i;

/** Reads the signs of both chains of an endpoint. What a page does not show proves nothing. */
export function signsOf(facts: HttpFacts): PageSigns {
  const chains = [facts.secure, facts.plain].filter((chain) => chain !== null);
  const first = (find: (chain: Chain) => string | null) =>
    chains.reduce<string | null>((found, chain) => found ?? find(chain), null);
  return { login: first(loginOf), procedures: first(proceduresOf), people: first(peopleOf) };
}

function loginOf({ body }: Chain): string | null {
  const form = body?.page?.forms.find(({ passwordField }) => passwordField);
  if (form !== undefined) return `<form method="${form.method}" action="${form.action ?? ''}"> … type="password"`;
  return body?.passwordField === true ? `${body.title ?? ''} … type="password"`.trim() : null;
}

function proceduresOf({ hops, body }: Chain): string | null {
  const title = body?.title;
  if (title != null && procedureWords.test(title.normalize('NFC'))) return title;
  if (body?.text !== undefined && procedureWords.test(body.text.normalize('NFC'))) return body.text;
  return pathOf([...hops.map(({ url }) => url), ...actions(body, 'any')], procedurePaths);
}

function peopleOf({ body }: Chain): string | null {
  return pathOf(actions(body, 'post'), peoplePaths);
}

/** Where forms lead. A search is asked by GET; data are sent by POST. */
function actions(body: Chain['body'], by: 'post' | 'any'): readonly string[] {
  return (body?.page?.forms ?? []).flatMap(({ action, method }) =>
    action !== null && (by === 'any' || method === 'post') ? [action] : [],
  );
}

function pathOf(urls: readonly string[], words: RegExp): string | null {
  return urls.find((url) => words.test(pathIn(url))) ?? null;
}

/** Path alone: names of hosts are the owner's own and say nothing of the page. */
function pathIn(url: string): string {
  return URL.parse(url, 'https://host.invalid/')?.pathname ?? '';
}
