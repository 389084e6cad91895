import { describe, expect, it } from 'vitest';
import { languages } from '../../src/model/text.ts';
import { pagePath } from '../../src/report/page-ref.ts';
import { renderer } from '../../src/report/render.ts';
import { plainTerms, termRef } from '../../src/report/terms.ts';
import { guidePage } from '../../src/report/view/guide-page.ts';
import { pages } from '../../src/report/view/page.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { fixture } from './fixture.ts';

/** design/reports.md, "Glossary": one word, one meaning. */
const glossary =
  'Đạt|Không đạt|Đáp ứng|Không đáp ứng|Không áp dụng|Mâu thuẫn với khai báo|Chưa quan sát được|Chưa đủ căn cứ|Xác minh thủ công|Độ phủ quan sát|Phát hiện|Nội dung kiểm tra|Bằng chứng|Khai báo|Lượt rà soát|Nghiêm trọng|Cao|Trung bình|Thấp|Thông tin|Khắc phục|Đã xác nhận khắc phục|Tái diễn|Chấp nhận rủi ro có thời hạn|Báo động sai|Thời hạn|Quá hạn|Hệ thống thông tin|Chủ quản|Đơn vị vận hành|Cấp độ|Hồ sơ đề xuất cấp độ|Đơn vị chuyên trách|Điểm truy cập|Cổng|Dịch vụ|Phiên bản|Hết hỗ trợ|Lỗ hổng|Đang bị khai thác|Chứng thư số|Bộ mã hóa|Chuyển hướng|Tiêu đề bảo mật HTTP|Văn bản chấp thuận rà soát|Vùng mạng|Khung giờ rà soát|Khung giờ cấm|Nợ độ phủ'.split(
    '|',
  );

describe('the terms of the report', () => {
  const catalogue = loadCatalogue();
  const guide = guidePage();
  const explained = [
    ...guide.outcomes,
    ...guide.verdicts,
    ...guide.waived,
    ...guide.severities,
    ...guide.levels,
    ...guide.dossiers,
    ...guide.layers,
    ...guide.standings,
    ...guide.certainties,
    ...guide.terms,
  ];

  it('are all explained, those of the glossary, the levels, the layers and the six words', () => {
    const words = new Set(explained.map(({ word }) => catalogue.tell('vi', word)));
    expect(glossary.filter((word) => !words.has(word))).toEqual([]);
    expect(guide.levels).toHaveLength(5);
    expect(guide.layers).toHaveLength(4);
    expect(guide.standings).toHaveLength(6);
    expect(new Set(guide.terms.map(({ anchor }) => anchor)).size).toBe(plainTerms.length);
  });

  it('lead to the place that explains that very word', () => {
    const anchors = new Map(explained.map(({ word, anchor }) => [word.key, anchor]));
    for (const [key, anchor] of anchors) expect([key, termRef(key)?.hash]).toEqual([key, anchor]);
    expect(termRef('report.cut')).toBeNull();
  });

  it('are links at their first use on every page, once each, and every link finds its place', () => {
    const render = renderer();
    const html = new Map<string, string>();
    for (const page of pages(fixture(4)))
      for (const lang of languages) html.set(pagePath(lang, page.ref), render(page, lang));
    for (const [path, source] of html) {
      const links = [...source.matchAll(/<a class="term" href="([^"]+)"/g)].map(([, href = '']) => href);
      expect([path, new Set(links).size]).toEqual([path, links.length]);
      const isGuide = path.endsWith('cach-doc.html') || path.endsWith('how-to-read.html');
      // An organisation that owns nothing has nothing to explain.
      if (!/(co-quan|organisation)\//.test(path)) expect([path, links.length > 0]).toEqual([path, !isGuide]);
      for (const href of links) {
        const { pathname, hash } = new URL(href, `file:///${path}`);
        const there = html.get(pathname.slice(1)) ?? '';
        expect([path, href, there.includes(` id="${hash.slice(1)}"`)]).toEqual([path, href, true]);
      }
    }
    const coverage = [...html].filter(([, source]) => source.includes('tn-coverage"'));
    expect(coverage.length).toBeGreaterThan(html.size / 2);
  });
});
