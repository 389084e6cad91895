import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rasoat } from './cli.ts';

/* The blocks of the README between its marks of levels. */
const between = /<!-- level -->([\s\S]*?)<!-- \/level -->/;
const [, section = ''] = between.exec(readFileSync('README.md', 'utf8')) ?? [];
const blocks = [...section.matchAll(/```\n([\s\S]*?)\n```/g)].map(([, text = '']) => text);
const where = ['--inventory', 'inventory/lai-chau.example.yaml', '--on', '2026-11-25'];
const english = { RASOAT_LANG: 'en', NO_COLOR: '1' };

describe('what the README shows of levels', () => {
  it('is what the commands print of the example province', async () => {
    const [explained, audited] = blocks;
    const explain = await rasoat(['level', 'explain', 'mot-cua-dien-tu', ...where], english);
    expect(explain.code).toBe(0);
    expect(explain.out.startsWith(`${explained}\n`)).toBe(true);
    const audit = await rasoat(['level', 'audit', ...where], english);
    expect(audit.code).toBe(1);
    expect(audit.out.startsWith(`${audited}\n`)).toBe(true);
  });
});
