import { SaxesParser } from 'saxes';

/** What happens while a part is read: names without their prefix. */
export type XmlEvents = {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
};

/** Reads one XML part, strictly. Throws on anything that is not well formed, and on a DOCTYPE: no workbook has one. */
export function readXml(source: string, { open, close, text }: XmlEvents): void {
  const parser = new SaxesParser();
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('DOCTYPE');
  });
  parser.on('opentag', ({ name, attributes }) => open?.(local(name), attributes));
  parser.on('closetag', ({ name }) => close?.(local(name)));
  parser.on('text', (part) => text?.(part));
  parser.on('cdata', (part) => text?.(part));
  parser.write(source).close();
}
