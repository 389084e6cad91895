import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyBearsMark } from '../../../src/probe/http/secrecy/in-body.ts';
import { cpuMs } from '../../setup/cpu.ts';

const html = (body: string, type = 'text/html; charset=utf-8') => bodyBearsMark(Buffer.from(body), type);
const plain = (text: string) => bodyBearsMark(Buffer.from(text), 'text/plain; charset=utf-8');
const page = (inside: string) =>
  html(`<!doctype html><html><head><title>Cổng</title></head><body>${inside}</body></html>`);

describe('a page that bears a secrecy mark', () => {
  it.each([
    ['a stamp in a paragraph', '<p>MẬT</p><p>Số: 12/BC</p>'],
    ['the second grade', '<div><b>TỐI MẬT</b></div>'],
    ['the highest grade', '<table><tr><td>UBND TỈNH</td><td>TUYỆT MẬT</td></tr></table>'],
    ['a heading', '<h1>TUYỆT MẬT</h1>'],
    ['a frame of signs', '<p>[ TỐI MẬT ]</p>'],
    ['a stamp with a bullet', '<p>* MẬT *</p>'],
    ['decomposed letters', `<p>${'TUYỆT MẬT'.normalize('NFD')}</p>`],
    ['letters spaced out', '<p>T Ố I   M Ậ T</p>'],
    ['a stamp over two inline elements', '<p><span>TUYỆT</span> <strong>MẬT</strong></p>'],
    ['a number reference', '<p>M&#7852;T</p>'],
    ['references of an old tool', '<p>M&Acirc;&#803;T</p>'],
    ['no-break spaces', '<p>&nbsp;TỐI&nbsp;MẬT&nbsp;</p>'],
    ['a label and its grade', '<p>Độ mật: Tối mật</p>'],
    ['a label and its grade in cells', '<tr><td>Độ mật</td><td>Mật</td></tr>'],
    ['a stamp after an anchor that is never closed', '<a name="top"><p>MẬT</p>'],
    ['a title under the stamp', '<p>MẬT</p><h1>BÁO CÁO</h1>'],
    ['another title under it', '<p>MẬT</p><h1>NGHỊ QUYẾT</h1>'],
    ['a council above it', '<p>QUỐC HỘI</p><p>MẬT</p>'],
    ['the same stamp on every page of a document', '<p>MẬT</p><p>Trang 1</p><p>MẬT</p>'],
  ])('%s', (_name, inside) => {
    expect(page(inside)).toBe(true);
  });

  it.each([
    ['a policy heading', '<h2>CHÍNH SÁCH BẢO MẬT</h2>'],
    ['a menu entry', '<ul><li>MẬT MÃ DÂN SỰ</li></ul>'],
    ['passwords', '<label>MẬT KHẨU</label><p>Mật khẩu</p><p>Quên mật khẩu?</p>'],
    ['the word in a sentence', '<p>Tài liệu TUYỆT MẬT bị rao bán trên mạng, công an vào cuộc.</p>'],
    ['a sentence that ends with it', '<p>Hồ sơ này được đóng dấu TỐI MẬT.</p>'],
    ['secrets in general', '<h1>BÍ MẬT NHÀ NƯỚC</h1><p>BÍ MẬT</p>'],
    ['security in general', '<h1>BẢO MẬT</h1>'],
    ['a word broken over two lines', '<div>BẢO</div><div>MẬT</div>'],
    ['a word broken before its second half', '<div>MẬT</div><div>KHẨU</div>'],
    ['a word broken by a line break', '<p>BẢO<br>MẬT</p>'],
    ['honey', '<p>MẬT <b>ONG</b></p>'],
    ['lower case', '<p>mật</p><p>Mật</p><p>Tuyệt mật</p>'],
    ['a choice in a search form', '<p>Độ mật</p><select><option>Mật<option>Tối mật</select>'],
    ['a choice in capitals', '<select><option>MẬT</option></select>'],
    ['a link', '<p><a href="/mat">MẬT</a></p>'],
    ['a button', '<button>MẬT</button>'],
    ['a menu of links', '<nav><ul><li>MẬT</li></ul></nav>'],
    ['the three grades explained', '<li>TUYỆT MẬT</li><li>TỐI MẬT</li><li>MẬT</li>'],
    ['a document that says it is none', '<p>Độ mật: Thường</p>'],
    ['a comment', '<!-- <p>MẬT</p> -->'],
    ['a script', '<script>var x = "<p>MẬT</p>";</script>'],
    ['a word without its marks', '<p>MAT</p><p>TUYET MAT</p>'],
    ['confidential offices', '<h2>CƠ MẬT VIỆN</h2>'],
    ['a grade as part of a longer heading', '<h2>DANH MỤC TÀI LIỆU MẬT</h2>'],
    ['no word of it', '<p>Trang thông tin điện tử</p>'],
  ])('is not a page with %s', (_name, inside) => {
    expect(page(inside)).toBe(false);
  });
});

describe('a document that is no page', () => {
  it('bears a mark in its text', () => {
    expect(plain('ỦY BAN NHÂN DÂN\tMẬT\nTỈNH X\n')).toBe(true);
    expect(plain('TUYỆT MẬT\r\n\r\nBÁO CÁO')).toBe(true);
    expect(bodyBearsMark(Buffer.from('\ufeffTỐI MẬT\n', 'utf16le'), 'text/plain')).toBe(true);
  });

  it('bears none in its sentences', () => {
    expect(plain('Quy định về bảo vệ bí mật nhà nước\nvăn bản TUYỆT MẬT phải được lưu giữ riêng\n')).toBe(false);
  });

  const wide = (text: string) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
  it.each([
    ['its title', Buffer.concat([Buffer.from('%PDF-1.7\n1 0 obj <</Title ('), wide('TUYỆT MẬT'), Buffer.from(')>>')])],
    ['its title in hexadecimal', Buffer.from(`%PDF-1.4 <</Title <${wide('TỐI MẬT').toString('hex')}>>>`)],
    [
      'a stream that inflates',
      Buffer.concat([
        Buffer.from('%PDF-1.5\n1 0 obj <</Filter/FlateDecode>> stream\n'),
        deflateSync(Buffer.concat([Buffer.from('/ActualText ('), wide('MẬT'), Buffer.from(')')])),
        Buffer.from('\nendstream'),
      ]),
    ],
    ['its metadata', Buffer.from('%PDF-1.4 <x:xmpmeta><dc:title><rdf:li>TUYỆT MẬT</rdf:li></dc:title></x:xmpmeta>')],
  ])('a PDF bears one in %s', (_name, bytes) => {
    expect(bodyBearsMark(bytes, 'application/pdf')).toBe(true);
  });

  it('a PDF about security bears none', () => {
    const title = Buffer.concat([Buffer.from('%PDF-1.7 <</Title ('), wide('Chính sách BẢO MẬT'), Buffer.from(')>>')]);
    expect(bodyBearsMark(title, 'application/pdf')).toBe(false);
  });
});

describe('the recogniser', () => {
  const types = fc.constantFrom('text/html', 'text/plain', 'application/pdf', null);
  it('answers over any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), types, (bytes, pdf, type) => {
        const body = pdf ? Buffer.concat([Buffer.from('%PDF-1.7 stream\n'), bytes]) : bytes;
        expect(typeof bodyBearsMark(body, type)).toBe('boolean');
      }),
    );
  });

  it('finds a stamp wherever it stands among ordinary words, and none where there is none', () => {
    const words = fc.array(fc.constantFrom('<p>Thông báo mật khẩu', '<div>BẢO MẬT', '<b>ậ</b>', '<p>Ậ', '<li>tin'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(words, words, fc.constantFrom('MẬT', 'TỐI MẬT', 'TUYỆT MẬT'), (first, last, stamp) => {
        expect(page(`${first.join('')}<p>.</p><p>${stamp}</p><p>Số 1</p>${last.join('')}`)).toBe(true);
        expect(page([...first, ...last].join(''))).toBe(false);
      }),
    );
  });

  it.each([
    ['tags', `MẬT${'<p'.repeat(250_000)}`],
    ['open anchors', '<a href=x>MẬT'.repeat(35_000)],
    ['one endless line', `<p>${'MẬT '.repeat(100_000)}`],
    ['stamps', '<p>MẬT'.repeat(60_000)],
    ['streams', `%PDF-${'stream\nx'.repeat(60_000)}`],
    ['strings', `%PDF-${'(\u00fe\u00ff'.repeat(120_000)}`],
    ['scripts that end', 'MẬT<script></script>'.repeat(25_000)],
    ['comments', 'MẬT<!--'.repeat(60_000)],
    ['scripts', 'MẬT<script>'.repeat(40_000)],
  ])('takes no time to speak of over half a megabyte of %s', (_name, text) => {
    const bytes = Buffer.from(text.slice(0, 524_288), text.startsWith('%PDF') ? 'latin1' : 'utf8');
    const type = text.startsWith('%PDF') ? 'application/pdf' : 'text/html';
    expect(cpuMs(() => bodyBearsMark(bytes, type))).toBeLessThan(3000);
  });
});
