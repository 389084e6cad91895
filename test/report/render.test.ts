import { readdirSync, readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { outcomes, platforms, severities } from '../../src/model/check.ts';
import { reasons, verdicts } from '../../src/model/assessment.ts';
import { failureCodes } from '../../src/model/failure.ts';
import { softwareSources } from '../../src/model/facts/software.ts';
import { certainties } from '../../src/model/framework.ts';
import { dossierStates, levels, regimes } from '../../src/model/inventory/level-words.ts';
import { kinds } from '../../src/model/observation.ts';
import { targetKinds } from '../../src/model/target.ts';
import { packageRoot } from '../../src/model/package-root.ts';
import { languages, type Lang } from '../../src/model/text.ts';
import { pagePath } from '../../src/report/page-ref.ts';
import { renderer } from '../../src/report/render.ts';
import { taskStates } from '../../src/model/task-status.ts';
import { pages, type Page } from '../../src/report/view/page.ts';
import { loadCatalogue } from '../../src/text/catalogue.ts';
import { fixture } from './fixture.ts';
import { hostile } from './hostile.ts';

const render = renderer();

function draw(all: Iterable<Page>): ReadonlyMap<string, string> {
  return new Map(
    [...all].flatMap((page) => languages.map((lang) => [pagePath(lang, page.ref), render(page, lang)] as const)),
  );
}

/** Reading a field that a view does not have fails, so that a misspelt name in a template cannot pass for empty. */
function guarded<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value;
  return new Proxy(value, {
    get(target, key): unknown {
      const found: unknown = Reflect.get(target, key);
      if (found === undefined && typeof key === 'string' && !(key in target) && !quiet.has(key))
        throw new Error(`no field ${key}`);
      return typeof found === 'function' ? found : guarded(found);
    },
  });
}
/** Fields that may be absent by type, and those that engines look for. */
const quiet = new Set(['hash', 'id', 'params', 'toJSON', 'then', 'toHTML']);

describe('pages', () => {
  const html = draw(pages(fixture()));
  const nasty = draw(pages(hostile(fixture())));

  it('are one for the province, the auditor, the guide, each organisation and what it has to mend, each system and its chain, in both languages', () => {
    expect([...html.keys()].filter((path) => !path.startsWith('en/'))).toHaveLength(1 + 1 + 1 + 7 + 7 + 2 * 12);
    expect(html.size).toBe(2 * 41);
    expect([...html.keys()]).toContain('en/system/cong-dich-vu-cong.html');
    expect([...html.keys()]).toContain('en/audit/cong-dich-vu-cong.html');
  });

  it('read no field that their view does not have', () => {
    for (const page of pages(fixture()))
      for (const lang of languages) expect(() => render(guarded(page), lang)).not.toThrow();
    const [province] = pages(fixture());
    if (province === undefined) throw new Error('no page');
    const { view, ...rest } = province;
    const { bands: _bands, ...less } = view as unknown as Record<string, unknown>;
    expect(() => render(guarded({ ...rest, view: less } as unknown as Page), 'vi')).toThrow('no field bands');
  });

  it.each([
    ['the invented province', html],
    ['hostile data', nasty],
  ])('are valid HTML without a style attribute, and no script but the two of the report: %s', async (_name, of) => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended', 'html-validate:document'],
      rules: {
        'no-inline-style': 'error',
        'no-trailing-whitespace': 'off',
        'long-title': 'off',
        // Each page's running head is its own; its hash stands in the policy.
        'no-style-tag': 'off',
        'require-sri': 'off',
      },
    });
    const problems: string[] = [];
    let chains = 0;
    for (const [path, source] of of) {
      // Chains differ in nothing but their rows: a few stand for all.
      if (/^(kiem-tra|en\/audit)\//.test(path) && (chains += 1) > 4) continue;
      const scripts = source.match(/<script.*?<\/script>/gs) ?? [];
      expect(scripts.map((one) => one.replaceAll('../', ''))).toEqual([
        '<script src="assets/index.js" defer></script>',
        '<script src="assets/rasoat.js" defer></script>',
      ]);
      expect([path, /<script/i.test(source.replaceAll(/<script src=/g, ''))]).toEqual([path, false]);
      expect([path, /\sstyle=|<[^>]*\son[a-z]+=/i.test(source)]).toEqual([path, false]);
      const { results } = await validator.validateString(source, path);
      for (const result of results) {
        for (const { line, column, ruleId, message } of result.messages)
          problems.push(`${path}:${line}:${column} ${ruleId} ${message}`);
      }
    }
    expect(problems).toEqual([]);
  });

  it('link only to pages and places that exist', () => {
    const ids = new Map(
      [...html].map(([path, source]) => [path, new Set([...source.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]),
    );
    const broken: string[] = [];
    for (const [path, source] of html) {
      for (const [, href = ''] of source.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
        const url = new URL(href, `file:///${path}`);
        const to = url.pathname.slice(1);
        const there = ids.get(to);
        if (there === undefined || (url.hash !== '' && !there.has(url.hash.slice(1)))) broken.push(`${path}: ${href}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('give every id once', () => {
    for (const [path, source] of [...html, ...nasty]) {
      const ids = [...source.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      expect([path, ids.length]).toEqual([path, new Set(ids).size]);
    }
  });

  it('name nothing outside the folder', () => {
    for (const [, source] of html) {
      const fetched = [...source.matchAll(/<(?:link|img|script|iframe|source)[^>]*(?:href|src)="([^"]+)"/g)].map(
        ([, url]) => url,
      );
      expect(new Set(fetched.map((url) => url?.replaceAll('../', '')))).toEqual(
        new Set(['assets/rasoat.css', 'assets/index.js', 'assets/rasoat.js']),
      );
      expect(source).toContain('default-src &#x27;none&#x27;');
      expect(source).toContain('trusted-types &#x27;none&#x27;');
    }
  });
});

describe('templates', () => {
  const folder = new URL('templates/', packageRoot);
  const sources = ['pages/', 'partials/'].flatMap((sub) =>
    readdirSync(new URL(sub, folder)).map((name) => [name, readFileSync(new URL(sub + name, folder), 'utf8')] as const),
  );

  it('never print a value unescaped', () => {
    for (const [name, source] of sources) expect([name, /\{\{\{|\{\{~?&/.test(source)]).toEqual([name, false]);
    const code = readdirSync(new URL('src/report/', packageRoot)).filter((name) => name.endsWith('.ts'));
    for (const name of code) {
      const source = readFileSync(new URL(`src/report/${name}`, packageRoot), 'utf8');
      expect([name, /SafeString|noEscape/.test(source)]).toEqual([name, false]);
    }
  });

  it('hold no words of their own', () => {
    for (const [name, source] of sources) {
      const words = source
        .replaceAll(/\{\{[\s\S]*?\}\}/g, ' ')
        .replaceAll('/*style*/', ' ')
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/@page\{.*\}/g, ' ');
      expect([name, words.match(/\p{L}{2,}/gu)]).toEqual([name, name === 'ports.hbs' ? ['TLS'] : null]);
    }
  });
});

describe('words', () => {
  const catalogue = loadCatalogue();
  const closed: readonly (readonly [string, readonly (string | number)[]])[] = [
    ['words.verdict.', verdicts],
    ['words.outcome.', outcomes],
    ['words.severity.', severities],
    ['words.platform.', platforms],
    ['words.failure.', failureCodes],
    ['words.failure-help.', failureCodes],
    ['words.certainty.', certainties],
    ['words.level.', [...levels, 'none']],
    ['words.dossier.', [...dossierStates, 'none']],
    ['words.regime.', regimes],
    ['words.kind.', [...kinds, 'any']],
    ['words.target.', targetKinds],
    ['tasks.state.', taskStates],
    ['words.layer.', [1, 2, 3, 4]],
    ['words.source.', softwareSources],
    ['report.sure.', kinds],
    ['report.means.outcome-', outcomes],
    ['report.means.verdict-', verdicts],
    ['report.means.severity-', severities],
    ['report.means.certainty-', certainties],
    ['report.chain.', ['answer', 'left-scope', 'loop', 'too-many', 'failed']],
    ['frameworks.because-', reasons],
  ];

  it.each(closed)('has %s for every value', (prefix, values) => {
    expect(values.filter((value) => !catalogue.has(`${prefix}${value}`))).toEqual([]);
  });

  it('is one word, one meaning: no two verdicts, outcomes or severities share a word', () => {
    for (const lang of languages satisfies readonly Lang[]) {
      for (const [prefix, values] of closed.slice(0, 3)) {
        const said = values.map((value) => catalogue.say(lang, `${prefix}${value}`));
        expect(new Set(said).size).toBe(said.length);
      }
    }
  });
});
