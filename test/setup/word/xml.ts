// WordprocessingML (ECMA-376 part 1, 17) in the few shapes that an official paper needs. Lengths in millimetres, sizes in points.

/** Twentieths of a point. */
const twips = (mm: number) => String(Math.round((mm * 1440) / 25.4));

const escaped = (text: string) =>
  text.replace(/[<>&"]/g, (one) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[one] ?? one);

export type Look = {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly colour?: string;
};

export type Shape = Look & {
  readonly align?: 'left' | 'center' | 'both';
  /** First line indented 1.27 cm, as Decree 30 has it. */
  readonly indent?: boolean;
  readonly left?: number;
  readonly right?: number;
  /** Points above and below. */
  readonly before?: number;
  readonly after?: number;
  /** Lines, 1 to 1.5. */
  readonly lines?: number;
  readonly keepNext?: boolean;
  readonly boxed?: boolean;
};

function run(text: string, { size, bold, italic, colour }: Look = {}): string {
  const look = [
    bold === true ? '<w:b/><w:bCs/>' : '',
    italic === true ? '<w:i/><w:iCs/>' : '',
    colour === undefined ? '' : `<w:color w:val="${colour}"/>`,
    size === undefined ? '' : `<w:sz w:val="${String(size * 2)}"/><w:szCs w:val="${String(size * 2)}"/>`,
  ].join('');
  return `<w:r>${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
}

const side = (name: string) => `<w:${name} w:val="single" w:sz="6" w:space="1" w:color="000000"/>`;

export function paragraph(text: string, shape: Shape = {}, extra = ''): string {
  const { align = 'left', indent, left, right, before = 0, after = 0, lines = 1, keepNext, boxed } = shape;
  const properties = [
    keepNext === true ? '<w:keepNext/>' : '',
    boxed === true ? `<w:pBdr>${['top', 'left', 'bottom', 'right'].map(side).join('')}</w:pBdr>` : '',
    `<w:spacing w:before="${String(before * 20)}" w:after="${String(after * 20)}" w:line="${String(Math.round(lines * 240))}" w:lineRule="auto"/>`,
    indent === true || left !== undefined || right !== undefined
      ? `<w:ind w:left="${twips(left ?? 0)}" w:right="${twips(right ?? 0)}"${indent === true ? ' w:firstLine="720"' : ''}/>`
      : '',
    `<w:jc w:val="${align}"/>`,
    extra,
  ].join('');
  return `<w:p><w:pPr>${properties}</w:pPr>${text === '' ? '' : run(text, shape)}</w:p>`;
}

/** A thin line of the given length in the middle of `width`. */
export function rule(width: number, length: number): string {
  const aside = twips((width - length) / 2);
  return (
    `<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>` +
    `<w:spacing w:before="60" w:after="0" w:line="80" w:lineRule="exact"/><w:ind w:left="${aside}" w:right="${aside}"/></w:pPr></w:p>`
  );
}

export type CellShape = { readonly width: number; readonly middle?: boolean };

function cell(content: string, { width, middle }: CellShape): string {
  return `<w:tc><w:tcPr><w:tcW w:w="${twips(width)}" w:type="dxa"/>${middle === true ? '<w:vAlign w:val="center"/>' : ''}</w:tcPr>${content}</w:tc>`;
}

export function row(cells: readonly (readonly [content: string, shape: CellShape])[], head = false): string {
  const properties = `<w:trPr><w:cantSplit/>${head ? '<w:tblHeader/>' : ''}</w:trPr>`;
  return `<w:tr>${properties}${cells.map(([content, shape]) => cell(content, shape)).join('')}</w:tr>`;
}

export function table(widths: readonly number[], rows: readonly string[], bordered: boolean): string {
  const edges = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map(
      (name) =>
        `<w:${name} w:val="${bordered ? 'single' : 'nil'}"${bordered ? ' w:sz="4" w:space="0" w:color="000000"' : ''}/>`,
    )
    .join('');
  const inside = bordered ? 1.2 : 0;
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${twips(widths.reduce((sum, one) => sum + one, 0))}" w:type="dxa"/><w:tblBorders>${edges}</w:tblBorders>` +
    `<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="${twips(inside / 3)}" w:type="dxa"/><w:left w:w="${twips(inside)}" w:type="dxa"/><w:bottom w:w="${twips(inside / 3)}" w:type="dxa"/><w:right w:w="${twips(inside)}" w:type="dxa"/></w:tblCellMar></w:tblPr>` +
    `<w:tblGrid>${widths.map((one) => `<w:gridCol w:w="${twips(one)}"/>`).join('')}</w:tblGrid>${rows.join('')}</w:tbl>`
  );
}

/**
 * The end of a section: A4, margins 20 / 20 / 30 / 20 mm (top, bottom, left, right) by Decree 30/2020, Annex I, I.3. Numbered pages
 * begin at 1 and show no number on the first page (I.7).
 */
export function section({ landscape, numbered }: { readonly landscape: boolean; readonly numbered: boolean }): string {
  const [width, height] = landscape ? [297, 210] : [210, 297];
  return (
    `<w:sectPr>${numbered ? '<w:headerReference w:type="default" r:id="rId2"/>' : ''}<w:type w:val="nextPage"/>` +
    `<w:pgSz w:w="${twips(width)}" w:h="${twips(height)}"${landscape ? ' w:orient="landscape"' : ''}/>` +
    `<w:pgMar w:top="${twips(20)}" w:right="${twips(20)}" w:bottom="${twips(20)}" w:left="${twips(30)}" w:header="${twips(10)}" w:footer="${twips(10)}" w:gutter="0"/>` +
    `${numbered ? '<w:pgNumType w:start="1"/>' : ''}${numbered ? '<w:titlePg/>' : ''}</w:sectPr>`
  );
}
