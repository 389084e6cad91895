import type { Lang } from '../model/text.ts';

/** One page of the report, and a place on it. */
export type PageRef = {
  readonly page: 'province' | 'guide' | 'audit' | 'organisation' | 'remediation' | 'system' | 'chain';
  /** Id of the organisation or system; `chain` is what an auditor follows of one system. */
  readonly id?: string;
  readonly hash?: string;
};

type InFolder = 'organisation' | 'remediation' | 'system' | 'chain';

const folders: Readonly<Record<Lang, Readonly<Record<InFolder, string>>>> = {
  vi: { organisation: 'co-quan', remediation: 'khac-phuc', system: 'he-thong', chain: 'kiem-tra' },
  en: { organisation: 'organisation', remediation: 'remediation', system: 'system', chain: 'audit' },
};

/** Pages that a copy which travels does not have. */
export const pagesLeftOut: ReadonlySet<PageRef['page']> = new Set<PageRef['page']>([
  'audit',
  'organisation',
  'remediation',
  'system',
  'chain',
]);

/** Pages that a report of the province's pages alone does not have. */
export const pagesOfOthers: ReadonlySet<PageRef['page']> = new Set<PageRef['page']>([
  'organisation',
  'remediation',
  'system',
  'chain',
]);

/** Path of a page inside the report's folder: `he-thong/cong-dich-vu-cong.html`, `en/index.html`. */
export function pagePath(lang: Lang, ref: PageRef): string {
  const root = lang === 'vi' ? '' : `${lang}/`;
  switch (ref.page) {
    case 'province':
      return `${root}index.html`;
    case 'guide':
      return `${root}${lang === 'vi' ? 'cach-doc' : 'how-to-read'}.html`;
    case 'audit':
      return `${root}${lang === 'vi' ? 'kiem-tra' : 'audit'}.html`;
    case 'organisation':
    case 'remediation':
    case 'system':
    case 'chain':
      return `${folderOf(lang, ref.page)}${fileName(ref.id ?? '')}.html`;
  }
}

/** Folder of the pages of one kind: `he-thong/`, `en/system/`. */
export function folderOf(lang: Lang, page: InFolder): string {
  return `${lang === 'vi' ? '' : `${lang}/`}${folders[lang][page]}/`;
}

/** Link from the page at `from` to another page, relative, so that the folder can be moved. */
export function linkFrom(from: string, lang: Lang, ref: PageRef): string {
  const to = pagePath(lang, ref);
  const hash = ref.hash === undefined ? '' : `#${ref.hash}`;
  if (to === from && hash !== '') return hash;
  return `${rootFrom(from)}${to}${hash}`;
}

/** From a page to the report's folder: `../` for each folder it is in. */
export function rootFrom(from: string): string {
  return '../'.repeat(from.split('/').length - 1);
}

/** Ids are checked when the inventory is read; a file is never written under any other name. */
function fileName(id: string): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) throw new Error(`not an id: ${JSON.stringify(id)}`);
  return id;
}
