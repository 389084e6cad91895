import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { languages } from '../../../src/model/text.ts';
import { mustHoldSystems } from '../../../src/report/must-hold-systems.ts';
import { ownData } from '../../../src/report/own-data.ts';
import { pagePath } from '../../../src/report/page-ref.ts';
import { renderer } from '../../../src/report/render.ts';
import { pages } from '../../../src/report/view/page.ts';
import { fixture } from '../fixture.ts';

const data = fixture();
const render = renderer();
const owners = [
  ...new Set(
    data.inventory.systems
      .filter(({ excluded }) => excluded === undefined)
      .flatMap(({ owner, operator }) => [owner, operator]),
  ),
];

describe('the report of one owner', () => {
  it.each(owners)(
    'begins with what to mend, links to nothing that is not there, and names nothing of others: %s',
    (owner) => {
      const html = new Map(
        [...pages(ownData(data, owner), { owner })].flatMap((page) =>
          languages.map((lang) => [pagePath(lang, page.ref), render(page, lang)] as const),
        ),
      );
      expect(html.get('index.html')).toContain('id="giao-viec"');
      const foreign = data.inventory.systems.filter((one) => one.owner !== owner && one.operator !== owner);
      const keys = new Set(foreign.map(({ id }) => id));
      const own = data.targets.filter(({ system }) => !keys.has(system));
      const shared = new Set(own.flatMap(({ key, name, address }) => [key, name, address]));
      const secrets = [
        ...foreign.map(({ name }) => name),
        ...data.targets
          .filter(({ system }) => keys.has(system))
          .flatMap(({ key, name }) => [key, name ?? []].flat())
          .filter((one) => !shared.has(one)),
      ];
      for (const [path, source] of html) {
        for (const secret of secrets) expect([path, source.includes(secret) ? secret : '']).toEqual([path, '']);
        for (const [, href = ''] of source.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
          const url = new URL(href, `file:///${path}`);
          expect([path, href, html.has(url.pathname.slice(1))]).toEqual([path, href, true]);
          if (url.hash !== '') expect(html.get(url.pathname.slice(1))).toContain(`id="${url.hash.slice(1)}"`);
        }
      }
    },
  );

  it('is refused to who is unknown, or holds nothing', () => {
    expect(() => {
      mustHoldSystems(data.inventory, 'khong-co');
    }).toThrow(UserError);
    expect(() => {
      mustHoldSystems({ ...data.inventory, systems: [] }, owners[0] ?? '');
    }).toThrow(UserError);
  });
});
