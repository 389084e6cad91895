import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, visible } from '../../src/report/visible.ts';

describe('visible', () => {
  it.each([
    ['\u001b[31mred', '⟨ESC⟩[31mred'],
    ['a\u0000b\u007f', 'a⟨NUL⟩b⟨DEL⟩'],
    ['line\r\nnext\t', 'line⟨CR⟩⟨LF⟩next⟨TAB⟩'],
    ['safe\u202Egnp.exe', 'safe⟨U+202E⟩gnp.exe'],
    ['zero\u200bwidth', 'zero⟨U+200B⟩width'],
    ['\ufeffBOM', '⟨U+FEFF⟩BOM'],
    ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
    ['\ud800', '⟨U+D800⟩'],
  ])('shows what %j hides', (hidden, shown) => {
    expect(visible(hidden)).toBe(shown);
  });

  it('leaves Vietnamese as it is, composed and decomposed', () => {
    const text = 'Ưu tiên khắc phục lỗ hổng nghiêm trọng: ệ ỗ ự ẵ';
    expect(visible(text)).toBe(text);
    expect(visible(text.normalize('NFD'))).toBe(text.normalize('NFD'));
  });

  it('keeps at most three marks on a letter', () => {
    expect(visible(`a${'\u0301'.repeat(50)}`)).toBe('a\u0301\u0301\u0301⟨+47⟩');
  });

  it('never lets a control, a bidi mark or a lone surrogate through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
        expect(visible(text).isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('cut', () => {
  it('says how much there was, in characters', () => {
    expect(cut('😀'.repeat(10), 4)).toEqual({ text: '😀😀😀😀', of: 10 });
    expect(cut('abc', 3)).toEqual({ text: 'abc' });
  });

  it('never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, max) => {
        expect(cut(text, max).text.isWellFormed()).toBe(true);
        expect(Array.from(cut(text, max).text).length).toBeLessThanOrEqual(max);
      }),
    );
  });
});
