import { ZipFile } from 'yazl';

const space =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`;

const office = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const types = xml(
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `<Override PartName="/word/document.xml" ContentType="${office}.document.main+xml"/>` +
    `<Override PartName="/word/styles.xml" ContentType="${office}.styles+xml"/>` +
    `<Override PartName="/word/header1.xml" ContentType="${office}.header+xml"/></Types>`,
);

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (rows: string) =>
  xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows}</Relationships>`);

const styles = xml(
  `<w:styles ${space}><w:docDefaults><w:rPrDefault><w:rPr>` +
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/>' +
    '<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/>' +
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>',
);

/** Page number in the middle of the top margin, upright, 13 points. */
const header = xml(
  `<w:hdr ${space}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
    ['begin', 'PAGE', 'end']
      .map((part) => {
        const field = part === 'PAGE' ? '<w:instrText>PAGE</w:instrText>' : `<w:fldChar w:fldCharType="${part}"/>`;
        return `<w:r><w:rPr><w:sz w:val="26"/></w:rPr>${field}</w:r>`;
      })
      .join('') +
    '</w:p></w:hdr>',
);

/** A .docx around the body of a document: the same bytes from the same body, on every machine (stored, one date). */
export async function wordFile(body: string): Promise<Buffer> {
  const parts: readonly (readonly [string, string])[] = [
    ['[Content_Types].xml', types],
    [
      '_rels/.rels',
      relations(`<Relationship Id="rId1" Type="${relation}/officeDocument" Target="word/document.xml"/>`),
    ],
    ['word/document.xml', xml(`<w:document ${space}><w:body>${body}</w:body></w:document>`)],
    [
      'word/_rels/document.xml.rels',
      relations(
        `<Relationship Id="rId1" Type="${relation}/styles" Target="styles.xml"/>` +
          `<Relationship Id="rId2" Type="${relation}/header" Target="header1.xml"/>`,
      ),
    ],
    ['word/styles.xml', styles],
    ['word/header1.xml', header],
  ];
  const zip = new ZipFile();
  for (const [path, content] of parts) {
    zip.addBuffer(Buffer.from(content), path, {
      compress: false,
      mtime: new Date(2026, 0, 1),
      forceDosTimestamp: true,
    });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
