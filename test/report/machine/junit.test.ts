import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { attributes, xmlText } from '../../../src/report/machine/xml.ts';
import { province, sets, textOf } from './forms.ts';

type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly inside: Element[];
};

/** Reads XML strictly: anything that is not well-formed throws. */
function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', inside: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes: of }) => {
    const element: Element = { name, attributes: of, text: '', inside: [] };
    open.at(-1)?.inside.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (part) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += part;
  });
  parser.write(text).close();
  return root.inside[0] ?? root;
}

const inside = (element: Element | undefined, name: string) =>
  (element?.inside ?? []).filter((one) => one.name === name);

/** Any UTF-16 units: half surrogates, controls, all of it. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0x7f })), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

describe('JUnit', () => {
  it.each(sets)('is well-formed, and its counts are those of its cases: %s', async (_name, data) => {
    const root = parseXml(await textOf(data, { format: 'junit' }));
    const suites = inside(root, 'testsuite');
    expect(suites).toHaveLength(11);
    const sum = { tests: 0, failures: 0, skipped: 0 };
    for (const suite of suites) {
      const cases = inside(suite, 'testcase');
      const counted = {
        tests: cases.length,
        failures: cases.filter((one) => inside(one, 'failure').length > 0).length,
        skipped: cases.filter((one) => inside(one, 'skipped').length > 0).length,
      };
      expect(suite.attributes).toMatchObject(
        Object.fromEntries(Object.entries(counted).map(([key, n]) => [key, String(n)])),
      );
      for (const key of ['tests', 'failures', 'skipped'] as const) sum[key] += counted[key];
    }
    expect(root.attributes).toMatchObject(Object.fromEntries(Object.entries(sum).map(([key, n]) => [key, String(n)])));
    expect(sum.tests).toBe(data.findings.length);
  });

  it('passes what passed alone; what is waived, unseen or beside the question is skipped with its reason', async () => {
    const root = parseXml(await textOf(province, { format: 'junit', lang: 'en' }));
    const cases = inside(root, 'testsuite').flatMap((suite) => inside(suite, 'testcase'));
    const count = (outcome: string) => province.findings.filter((finding) => finding.outcome === outcome).length;
    expect(cases.filter((one) => one.inside.length === 0)).toHaveLength(count('pass'));
    const messages = cases.flatMap((one) => inside(one, 'skipped').map(({ attributes: of }) => of['message'] ?? ''));
    expect(messages).toHaveLength(count('not-observed') + count('not-applicable') + 1);
    expect(messages.filter((one) => one.startsWith('Waived: '))).toEqual([
      'Waived: Đang thay thiết bị tường lửa theo kế hoạch quý I năm 2027 (Until 2027-03-31)',
    ]);
    const [failure] = inside(cases[0], 'failure');
    expect(failure?.attributes).toEqual({
      type: 'high',
      message: 'High: The server still accepts an old protocol (/tls/protocols/TLSv1.0/offered = true)',
    });
    expect(failure?.text).toContain('Set: ssl_protocols TLSv1.2 TLSv1.3;');
  });

  it('survives any text in attributes and elements', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const root = parseXml(`<a${attributes({ b: text })}>${xmlText(text)}</a>`);
        expect(root.attributes['b']).toBe(root.text);
        const kept = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
        expect(root.text.replace(/⟨U\+[0-9A-F]{4,6}⟩/g, '')).toBe(kept.replace(/⟨U\+[0-9A-F]{4,6}⟩/g, ''));
      }),
    );
    expect(xmlText('\u0000\ud800\uffff]]>')).toBe('⟨U+0000⟩⟨U+D800⟩⟨U+FFFF⟩]]&gt;');
  });
});
