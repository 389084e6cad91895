import { formatDay } from '../format.ts';
import type { SoftwareItem, SoftwareOpinion } from '../../model/facts/software.ts';
import type { Standing } from '../../model/software/fingerprints.ts';
import type { MergedProduct } from '../../model/software/merge.ts';
import { message, type Message } from '../../model/text.ts';

/** One product and every place that told of it. */
export type ToldRow = Pick<MergedProduct, 'product' | 'os' | 'release' | 'package' | 'cpe'> & {
  readonly version: string;
  /** Whose word it is where it is not ours. */
  readonly by: Message | null;
  readonly told: readonly { readonly source: Message; readonly port: number; readonly text: string }[];
};

/** A merged product with its words. */
export function toldRow(product: MergedProduct): ToldRow {
  return {
    product: product.product,
    version: product.version ?? '',
    os: product.os,
    release: product.release,
    package: product.package,
    cpe: product.cpe,
    by: null,
    told: product.seen.map(({ source, port, text }) => ({
      source: message(`words.source.${source}`),
      port,
      text: text.replace(/[\r\n]+$/, ''),
    })),
  };
}

export type Opinion = SoftwareOpinion & { readonly standing: Standing };

/** Words in which only the fingerprints read something; they decide nothing. */
export function opinionRow({ product, version, source, port, text, date }: Opinion): ToldRow {
  const told = [{ source: message(`words.source.${source}`), port, text }];
  const by = message('report.software.by-recog', { date: formatDay(date) });
  return { product, version: version ?? '', os: null, release: null, package: null, cpe: null, by, told };
}

/** What the fingerprints read otherwise than we did. */
export const opinionConflict =
  (items: readonly SoftwareItem[]) =>
  ({ product, version, source, port, text, date }: Opinion) => {
    const ours = items.filter((item) => item.source === source && item.port === port && item.text === text);
    return {
      word: message('report.software.conflict.opinion', { port, date: formatDay(date) }),
      told: [...ours, { product, version }].map(named).join(' ≠ '),
    };
  };

/** How often both read the same; null where there was no second opinion. */
export function secondOpinionOf(told: readonly Opinion[]): Message | null {
  const [first] = told;
  if (first === undefined) return null;
  const agreeing = told.filter(({ standing }) => standing === 'agrees').length;
  return message('report.software.second-opinion', { date: formatDay(first.date), n: agreeing, all: told.length });
}

/** `nginx 1.22.1`. */
export function named({
  product,
  version,
}: {
  readonly product: string;
  readonly version?: string | null | undefined;
}): string {
  return version == null ? product : `${product} ${version}`;
}
