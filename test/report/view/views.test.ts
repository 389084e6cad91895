import { describe, expect, it } from 'vitest';
import type { ReportData } from '../../../src/model/report-data.ts';
import type { Message } from '../../../src/model/text.ts';
import { bar } from '../../../src/report/view/bar.ts';
import { findingAnchors, notObserved } from '../../../src/report/view/findings.ts';
import { layerClaims } from '../../../src/report/view/layer-claims.ts';
import { notMeeting } from '../../../src/report/view/matrix.ts';
import { holdings, organisationPage } from '../../../src/report/view/organisation-page.ts';
import { portCount } from '../../../src/report/view/ports-panel.ts';
import { provincePage } from '../../../src/report/view/province-page.ts';
import { reportIndex, type ReportIndex, type SystemFile } from '../../../src/report/view/report-index.ts';
import { remedies } from '../../../src/report/view/remedy/remedy.ts';
import { tlsPanel } from '../../../src/report/view/tls-panel.ts';
import { evidenceViews, seenValue, stepsOf } from '../../../src/report/view/seen-value.ts';
import { systemPage } from '../../../src/report/view/system-page.ts';
import { checkCoverage, coverage, fold, tally } from '../../../src/report/view/tally.ts';
import { loadCatalogue } from '../../../src/text/catalogue.ts';
import { fixture, tasksOf } from '../fixture.ts';

const catalogue = loadCatalogue();
const vi = (message: Message): string => catalogue.tell('vi', message);

function file(index: ReportIndex, id: string): SystemFile {
  const found = index.fileOf.get(id);
  if (found === undefined) throw new Error(`no system ${id}`);
  return found;
}

function changed(data: ReportData, change: Partial<ReportData>): ReportIndex {
  return reportIndex({ ...data, ...change });
}

describe('folding', () => {
  it('takes the most urgent verdict; what does not apply says nothing', () => {
    expect(fold(tally(['met', 'unproven', 'not-applicable']))).toBe('unproven');
    expect(fold(tally(['met', 'not-applicable']))).toBe('met');
    expect(fold(tally(['contradicted', 'not-met']))).toBe('not-met');
    expect(fold(tally([]))).toBe('not-applicable');
  });

  it('never rounds coverage up to all', () => {
    expect(coverage([{ seen: 999, needed: 1000 }]).percent).toBe(99);
    expect(coverage([]).percent).toBeNull();
  });

  it('counts no check that does not apply as needed or seen', () => {
    const outcomes = ['pass', 'fail', 'not-observed', 'not-applicable'] as const;
    expect(checkCoverage(outcomes.map((outcome) => ({ outcome })))).toEqual({
      seen: 2,
      needed: 3,
      percent: 66,
      unlooked: false,
    });
  });

  it('tells what nobody looked at from what needs no look', () => {
    expect(checkCoverage([]).unlooked).toBe(true);
    expect(checkCoverage([{ outcome: 'not-applicable' }]).unlooked).toBe(false);
    expect(coverage([]).unlooked).toBe(false);
  });

  it('lays a bar out over its whole width, most urgent first', () => {
    const { segments } = bar(tally(['met', 'met', 'met', 'not-met']));
    expect(segments.map(({ tone, x, width }) => [tone, x, width])).toEqual([
      ['not-met', '0%', '25%'],
      ['met', '25%', '75%'],
    ]);
  });
});

describe('the province', () => {
  const data = fixture();
  const index = reportIndex(data);
  const page = provincePage(index);

  it('matches its golden outline', async () => {
    await expect(outline(page)).toMatchFileSnapshot('province.golden.txt');
  });

  it('answers with numbers that its own lists bear out', () => {
    const listed = page.groups.flatMap(({ verdict, rows }) => rows.map(() => verdict));
    expect(page.answer[0]?.said.params).toEqual({
      n: listed.filter((verdict) => verdict === 'not-met' || verdict === 'contradicted').length,
      total: listed.length,
    });
    expect(page.answer[1]?.said.params).toEqual({
      n: page.deadlines.tasks.filter(({ tone }) => tone === 'not-met' || tone === 'contradicted').length,
      total: page.deadlines.tasks.length,
    });
    expect(page.matrix.reduce((sum, row) => sum + row.systems, 0)).toBe(listed.length);
    expect(page.levels.levels.reduce((sum, { n }) => sum + n, 0)).toBe(listed.length);
    expect(page.levels.dossiers.reduce((sum, { n }) => sum + n, 0)).toBe(listed.length);
  });

  it('counts good practice in no verdict of a system', () => {
    const only = changed(data, {
      assessments: data.assessments.filter(({ framework }) => framework === 'good-practice'),
    });
    expect(
      data.assessments.some(({ framework, verdict }) => framework === 'good-practice' && verdict === 'not-met'),
    ).toBe(true);
    expect(only.files.filter(notMeeting)).toEqual([]);
  });

  it('praises nothing that nobody looked at', () => {
    const owner = data.inventory.systems[0]?.owner ?? '';
    const unseen = changed(data, { targets: [], observations: [], findings: [] });
    for (const one of unseen.files) {
      const { answer, coverage: looked } = systemPage(unseen, one);
      expect(answer.map(({ said, tone }) => `${said.key} ${tone}`).slice(1)).toEqual([
        'report.answer.unlooked unproven',
      ]);
      expect(looked.unlooked).toBe(true);
    }
    const { answer } = organisationPage(unseen, owner, holdings(unseen));
    expect(answer.map(({ said }) => said.key)).toContain('report.answer.unlooked');
  });

  it('counts only addresses that heard something', () => {
    const [cost, ...rest] = data.costs;
    if (cost === undefined) throw new Error('no cost');
    const quiet = changed(data, { costs: [{ ...cost, connections: 0, datagrams: 0, refusedByGuard: 3 }, ...rest] });
    expect(provincePage(quiet).scan.cost.addresses).toBe(page.scan.cost.addresses - 1);
  });

  it('lists no excluded system anywhere', () => {
    const [first, ...rest] = data.inventory.systems;
    if (first === undefined) throw new Error('no system');
    const hidden = changed(data, {
      inventory: { ...data.inventory, systems: [{ ...first, excluded: 'quoc-phong' }, ...rest] },
    });
    expect(JSON.stringify(provincePage(hidden))).not.toContain(first.id);
  });

  it('shows a task of the whole province that no system answers for, unproven once its day has come', () => {
    const directive = data.frameworks.find(({ kind }) => kind === 'directive');
    const obligation = directive?.obligations.find(({ id }) => id === 'directive/soc');
    if (directive === undefined || obligation?.task === undefined) throw new Error('no directive');
    const wide = { ...obligation, task: { ...obligation.task, provinceWide: true } };
    const withTasks = (one: typeof obligation) => {
      const other = { ...data, assessments: [], frameworks: [{ ...directive, obligations: [one] }] };
      return changed(data, { ...other, tasks: tasksOf(other) });
    };
    const [row, ...rest] = provincePage(withTasks(wide)).deadlines.tasks;
    expect([row?.state, row?.subjects.key, rest.length]).toEqual(['no-evidence', 'tasks.subject.province', 0]);
    const elsewhere = { ...wide, task: { ...wide.task, province: 'lai-chau' } };
    expect(provincePage(withTasks(elsewhere)).deadlines.tasks).toEqual([]);
  });

  it('draws a run stored before there were tasks, without any', () => {
    const { tasks: _tasks, ...before } = data;
    const page = provincePage(reportIndex(before));
    expect([page.deadlines.tasks, page.deadlines.line, page.deadlines.reading]).toEqual([[], null, null]);
  });

  it('shows on an organisation page what falls on it and on its systems, and on a system page its own', () => {
    const health = organisationPage(index, 'so-y-te', holdings(index));
    const [first] = health.tasks;
    expect(first?.row.obligation).toBe('directive/vuln-remediate');
    expect(first?.items.map(({ tone }) => tone)).toContain('contradicted');
    const commune = organisationPage(index, 'xa-an-binh', holdings(index));
    const officer = commune.tasks.find(({ row }) => row.obligation === 'directive/it-officer');
    expect(officer?.items).toMatchObject([
      { subject: null, word: { key: 'tasks.state.done-on-time' }, original: '2026-06-30', note: 'Tuyển dụng kéo dài' },
    ]);
    expect(officer?.row.clear.map(({ blank }) => blank)).toEqual([false, false, false, false, true, true]);
    for (const file of index.files) {
      for (const { items } of systemPage(index, file).tasks) {
        expect(items.map(({ subject }) => subject)).toEqual([null]);
      }
    }
  });

  it('keeps the failure of a check that is no longer in the catalogue', () => {
    const without = changed(data, { checks: data.checks.filter(({ id }) => id !== 'exposed-database') });
    expect(provincePage(without).actions.map(({ change }) => change)).toContain('exposed-database');
  });
});

function remediesOf(index: ReportIndex, id: string) {
  return remedies(index, [file(index, id)], { alone: true, unfolded: 1 });
}

describe('a system', () => {
  const data = fixture();
  const index = reportIndex(data);

  it('shows the fix of the server really seen, and the general one elsewhere', () => {
    const nginx = remediesOf(index, 'cong-dich-vu-cong');
    const tls = nginx.find(({ anchor }) => anchor === 'viec-tls-protocols');
    expect(tls?.fixes.map(({ platform, steps }) => [platform, steps[0]?.lead.vi])).toEqual([
      ['nginx', 'Đặt: ssl_protocols TLSv1.2 TLSv1.3;'],
    ]);
    const suites = nginx.find(({ anchor }) => anchor === 'viec-tls-suites');
    expect(suites?.fixes.map(({ platform }) => platform)).toEqual(['any']);
  });

  it('leaves an accepted failure out of what to do, until the last day of its waiver', () => {
    const open = (day: string) =>
      remediesOf(changed(data, { run: { ...data.run, endedAt: `${day}T10:00:00.000Z` } }), 'quan-ly-van-ban').map(
        ({ anchor }) => anchor,
      );
    expect(open('2027-03-31')).not.toContain('viec-open-ports');
    expect(open('2027-04-01')).toContain('viec-open-ports');
  });

  it('gives every finding one place on the page', () => {
    for (const one of index.files) {
      const anchors = one.findings.map(findingAnchors(one));
      expect(new Set(anchors).size).toBe(anchors.length);
      const page = JSON.stringify(systemPage(index, one));
      for (const anchor of anchors) expect(page).toContain(`"anchor":"${anchor}"`);
    }
  });

  it('groups what could not be told by its cause', () => {
    const groups = notObserved(index, file(index, 'tiem-chung'));
    expect(groups.map(({ cause, targets }) => [vi(cause), targets.flatMap(({ findings }) => findings).length])).toEqual(
      [
        ['Không phân giải được tên miền', 3],
        ['Không phân giải được tên miền', 3],
        ['Không phân giải được tên miền', 2],
      ],
    );
  });

  it('sets claim and evidence side by side, and says when a claim has lapsed', () => {
    const layers = layerClaims(index, file(index, 'quan-ly-van-ban'));
    expect(layers.map(({ claim, evidence }) => [vi(claim.said), evidence.mark?.tone, evidence.against.length])).toEqual(
      [
        ['Khai báo đã có', 'manual', 0],
        ['Khai báo đã có', 'contradicted', 1],
        ['Chưa khai báo', 'unproven', 0],
        ['Chưa khai báo', 'unproven', 0],
      ],
    );
    const later = changed(data, { run: { ...data.run, endedAt: '2027-02-01T00:00:00.000Z' } });
    expect(layerClaims(later, file(later, 'cong-dich-vu-cong')).map(({ claim }) => claim.lapsed)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it('lists no address of a system that may not be looked at', () => {
    const page = systemPage(index, file(index, 'luu-tru-dang'));
    expect(page.closed).toBe(true);
    expect(JSON.stringify(page)).not.toContain('binhminh.example');
  });

  it('shows a protocol that was not tried as not observed', () => {
    const [tls] = file(index, 'cong-dich-vu-cong').observations.flatMap((one) =>
      one.kind === 'tls' && one.ok ? [tlsPanel(one)] : [],
    );
    expect(tls?.protocols.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'SSLv2 unseen',
      'SSLv3 refused',
      'TLSv1.0 offered',
      'TLSv1.1 offered',
      'TLSv1.2 offered',
      'TLSv1.3 offered',
    ]);
  });
});

describe('small readings', () => {
  it('says a reason once, with every value behind it', () => {
    const because = { vi: 'Giao thức cũ', en: 'An old protocol' };
    const views = evidenceViews([
      { at: '/tls/protocols/TLSv1.0/offered', saw: true, because },
      { at: '/tls/protocols/TLSv1.1/offered', saw: true, because },
      { at: '/tls/suites/0', saw: { name: 'RC4', bits: 128 }, because: { vi: 'Yếu', en: 'Weak' } },
    ]);
    expect(views.map(({ because: { en }, seen }) => [en, seen.map(({ saw }) => saw)])).toEqual([
      ['An old protocol', ['true', 'true']],
      ['Weak', ['name: RC4, bits: 128']],
    ]);
  });

  it('shows a value as it was: text as text, nothing as null, lists in JSON, and cuts what is too long', () => {
    expect(seenValue('<b>')).toBe('<b>');
    expect(seenValue(null)).toBe('null');
    expect(seenValue(undefined)).toBe('');
    expect(seenValue(['a', { b: 1 }])).toBe('["a",{"b":1}]');
    expect(seenValue('x'.repeat(9000))).toHaveLength(2000);
  });

  it('counts the ports of a list of ranges', () => {
    expect(portCount('21-23,80,443')).toBe(5);
    expect(portCount('')).toBe(0);
  });

  it('reads a pointer, with its escapes and positions counted from one', () => {
    expect(stepsOf('/http/headers/a~1b~0c/0').map(({ word, raw }) => [word.key, raw, word.params?.['n']])).toEqual([
      ['words.fact.http', 'http', undefined],
      ['words.fact.headers', 'headers', undefined],
      ['words.fact.a/b~c', 'a/b~c', undefined],
      ['report.findings.item', '0', 1],
    ]);
  });
});

/** What a reviewer needs to see of the province's page, a line a fact. */
function outline(page: ReturnType<typeof provincePage>): string {
  const marks = (of: readonly { tone: string; n: number }[]): string =>
    of.map(({ tone, n }) => `${tone} ${n}`).join(', ');
  return [
    ...page.answer.map(({ said, hash }) => `answer    ${vi(said)} -> #${hash}`),
    `coverage  ${page.coverage.seen}/${page.coverage.needed} = ${String(page.coverage.percent)}`,
    ...page.bands.map(({ layer, counts }) => `layer ${layer}   ${marks(counts)}`),
    ...page.matrix.map(
      (row) =>
        `owner     ${row.name.vi}: ${marks(row.overall)} | ${row.layers.map(({ counts }) => marks(counts)).join(' | ')}`,
    ),
    ...page.levels.levels.map(({ word, n }) => `level     ${vi(word)}: ${n}`),
    ...page.levels.dossiers.map(({ word, n }) => `dossier   ${vi(word)}: ${n}`),
    ...page.deadlines.tasks.map(
      ({ obligation, before, word, counts, blanks }) =>
        `task      ${obligation} ${before ?? '-'}: ${vi(word)} | ${marks(counts)} | ${blanks} blank`,
    ),
    ...page.actions.map(
      ({ change, severity, places, links }) =>
        `action    ${severity} ${change} x${places}: ${links.shown.map(({ ref }) => ref.id).join(', ')}`,
    ),
    ...page.unseen.causes.map(
      ({ code, observations, findings }) => `unseen    ${code}: ${observations} looks, ${findings} checks`,
    ),
    `excluded  ${page.excluded}; state secret ${page.stateSecret}; refused ${page.scan.cost.refused}`,
    ...page.groups.map(({ verdict, rows }) => `systems   ${verdict}: ${rows.map(({ ref }) => ref.id).join(', ')}`),
    '',
  ].join('\n');
}
