import type { ReportData } from '../../model/report-data.ts';
import { message } from '../../model/text.ts';
import { severities } from '../../model/check.ts';
import { formatDay, formatInstant } from '../format.ts';
import { actions } from '../view/actions.ts';
import { groupBy, layerNumbers, reportIndex, type SystemFile } from '../view/report-index.ts';
import { checkCoverage, coverage, tally } from '../view/tally.ts';
import { changeWords } from './change-words.ts';
import { counters } from './counters.ts';
import { coverageValue } from './coverage.ts';
import { dossierDefects, organisationDefects } from './dossier-defects.ts';
import type { FormInput } from './input.ts';
import { leftOut, parentName } from './mau-08.ts';
import {
  heading,
  line,
  remark,
  sentence,
  subheading,
  type Block,
  type Column,
  type Paper,
  type Sentence,
  type Values,
} from './paper.ts';
import { calendarPeriod, roman, yearlyPeriod, type Every } from './period.ts';
import { results, type Results } from './results.ts';
import { formScope, ownScope, reporting, type FormScope } from './scope.ts';

/**
 * The periodic report. No text gives it a form or an interval: three parts of Decree 331 Đ27, every quarter unless the
 * province says otherwise, both marked as a convention. It counts results, each with its coverage.
 */
export function periodic(input: FormInput): Paper {
  const { inventory, on, report } = input;
  const organisation = reporting(inventory, input.organisation);
  const scope = organisation.kind === 'ubnd-tinh' ? formScope(inventory, organisation) : wider(input, organisation.id);
  const every: Every = inventory.conventions?.reportEvery ?? 'quarter';
  const period = calendarPeriod(on, every);
  const until = on < period.until ? on : period.until;
  const index = report === undefined ? undefined : reportIndex(report);
  const files = scope.systems.flatMap(({ id }) => index?.fileOf.get(id) ?? []);
  const done = report === undefined || input.previous === undefined ? undefined : results(files, input.previous);
  const when = {
    ky_so: every === 'quarter' || every === 'half-year' ? roman(period.number) : String(period.number),
    ky_nam: String(period.year),
  };
  return {
    kind: 'periodic',
    cover: {
      title: message('forms.cover.title'),
      facts: [
        message(`forms.cover.every-${every}`),
        message('forms.cover.period', { from: formatDay(period.from), until: formatDay(period.until) }),
        ...(report === undefined
          ? [message('forms.cover.no-run')]
          : [
              message('forms.cover.run', {
                run: report.run.id,
                at: formatInstant(report.run.endedAt ?? report.run.startedAt),
              }),
            ]),
        ...leftOut(scope),
      ],
      defects: [
        ...(report === undefined
          ? [
              {
                code: 'no-run',
                about: organisation.name,
                organisation: organisation.id,
                message: message('forms.defect.no-run'),
              },
            ]
          : unseenSystems(scope, files)),
        ...organisationDefects(inventory, [organisation]),
        ...dossierDefects(input, scope.systems, yearlyPeriod(on)),
      ],
      notes: [
        message('forms.cover.note-convention'),
        message('forms.cover.note-counts'),
        message('forms.cover.note-signature-own'),
      ],
    },
    parent: parentName(inventory, organisation),
    organisation: organisation.name,
    on,
    title: sentence('forms.periodic.title'),
    subject: sentence('forms.periodic.subject', { ky: { sentence: sentence(`forms.periodic.when-${every}`, when) } }),
    internal: true,
    addressee: addresseeOf(input, scope),
    body: [
      line('forms.periodic.opening', {
        tu_ngay: { day: period.from },
        den_ngay: { day: until },
        so_he_thong: scope.systems.length + scope.secret.length,
      }),
      heading('forms.periodic.part-1'),
      ...complianceBlocks(scope, files),
      heading('forms.periodic.part-2'),
      ...effectivenessBlocks(scope, files),
      heading('forms.periodic.part-3'),
      ...weaknessBlocks(report, files, done),
      heading('forms.periodic.part-4'),
      line('forms.periodic.next'),
      remark('forms.periodic.note', { quy_uoc: { sentence: sentence(`forms.periodic.convention-${every}`) } }),
    ],
    annexes: [],
    filled: {
      organisation: organisation.id,
      period: { from: period.from, until: period.until, every },
      run: report?.run.id ?? null,
      counters: counters([...scope.systems, ...scope.secret]),
      openFailures: files.reduce((sum, file) => sum + file.open.length, 0),
      results: done ?? null,
      systems: scope.systems.map(({ id }) => id),
      stateSecretNotNamed: scope.secret.length,
      excludedNotCounted: scope.excluded,
    },
  };
}

/** An agency reports on its own systems; one that only heads others reports on theirs. */
function wider(input: FormInput, id: string): FormScope {
  const organisation = reporting(input.inventory, id);
  const own = ownScope(input.inventory, organisation);
  return own.systems.length + own.secret.length > 0 ? own : formScope(input.inventory, organisation);
}

/** A report goes to the body above; the inventory may not know it. */
function addresseeOf({ inventory }: FormInput, { organisation }: FormScope) {
  return parentName(inventory, organisation);
}

function unseenSystems(scope: FormScope, files: readonly SystemFile[]) {
  const seen = new Set(files.filter(({ findings }) => findings.length > 0).map(({ system }) => system.id));
  return scope.systems
    .filter(({ id }) => !seen.has(id))
    .map((system) => ({
      code: 'never-observed',
      system: system.id,
      about: system.name,
      message: message('forms.defect.never-observed'),
    }));
}

const centre = 'center' as const;
const verdictColumns = (prefix: string): readonly Column[] => [
  { tag: `${prefix}_dap_ung`, head: 'forms.verdict.met', width: 18, align: centre },
  { tag: `${prefix}_khong`, head: 'forms.verdict.not-met', width: 18, align: centre },
  { tag: `${prefix}_mau_thuan`, head: 'forms.verdict.contradicted', width: 20, align: centre },
  { tag: `${prefix}_chua_du`, head: 'forms.verdict.unproven', width: 20, align: centre },
  { tag: `${prefix}_thu_cong`, head: 'forms.verdict.manual', width: 19, align: centre },
  { tag: `${prefix}_do_phu`, head: 'forms.coverage', width: 23, align: centre },
];

function verdictValues(prefix: string, assessed: SystemFile['assessed']): Values {
  const counts = tally(assessed.map(({ assessment }) => assessment.verdict));
  return {
    [`${prefix}_dap_ung`]: counts.met,
    [`${prefix}_khong`]: counts['not-met'],
    [`${prefix}_mau_thuan`]: counts.contradicted,
    [`${prefix}_chua_du`]: counts.unproven,
    [`${prefix}_thu_cong`]: counts.manual,
    [`${prefix}_do_phu`]: coverageValue(coverage(assessed.map(({ assessment }) => assessment.coverage))),
  };
}

const stateColumns: readonly Column[] = [
  { tag: 'cd_ten', head: 'forms.periodic.level', width: 34 },
  { tag: 'cd_tong', head: 'forms.periodic.total', width: 18, align: centre },
  { tag: 'cd_chua_lap', head: 'forms.periodic.not-begun', width: 20, align: centre },
  { tag: 'cd_du_thao', head: 'forms.mau-08.state-dang-du-thao', width: 22, align: centre },
  { tag: 'cd_da_gui', head: 'forms.mau-08.state-da-gui-tham-dinh', width: 22, align: centre },
  { tag: 'cd_tham_dinh', head: 'forms.mau-08.state-da-tham-dinh', width: 22, align: centre },
  { tag: 'cd_phe_duyet', head: 'forms.mau-08.state-da-phe-duyet', width: 22, align: centre },
];

function complianceBlocks(scope: FormScope, files: readonly SystemFile[]): readonly Block[] {
  const systems = [...scope.systems, ...scope.secret];
  const row = (name: Values['x'], of: typeof systems): Values => {
    const count = (state: string) =>
      of.filter(({ classification: one }) => (one?.dossier ?? 'chua-lap') === state).length;
    return {
      cd_ten: name ?? null,
      cd_tong: of.length,
      cd_chua_lap: count('chua-lap'),
      cd_du_thao: count('dang-du-thao'),
      cd_da_gui: count('da-gui-tham-dinh'),
      cd_tham_dinh: count('da-tham-dinh'),
      cd_phe_duyet: count('da-phe-duyet'),
    };
  };
  const levels = [1, 2, 3, 4, 5].map((level) =>
    row(
      { words: [`forms.level-${String(level)}`] },
      systems.filter(({ classification }) => classification?.level === level),
    ),
  );
  const none = systems.filter(({ classification }) => classification === undefined);
  return [
    subheading('forms.periodic.dossiers'),
    {
      kind: 'table',
      tag: 'theo_cap_do',
      columns: stateColumns,
      rows: [
        ...levels.filter(({ cd_tong }) => cd_tong !== 0),
        ...(none.length === 0 ? [] : [row({ words: ['forms.level-none'] }, none)]),
        row({ words: ['forms.level-all'] }, systems),
      ],
    },
    subheading('forms.periodic.layers'),
    {
      kind: 'table',
      tag: 'bon_lop',
      columns: [{ tag: 'lop_ten', head: 'forms.periodic.layer', width: 42 }, ...verdictColumns('lop')],
      rows: layerNumbers.map((layer) => ({
        lop_ten: { words: [`forms.layer-${String(layer)}`] },
        ...verdictValues(
          'lop',
          files.flatMap(({ assessed }) =>
            assessed.filter(
              ({ obligation, framework }) => obligation.layer === layer && framework.kind !== 'good-practice',
            ),
          ),
        ),
      })),
    },
  ];
}

function effectivenessBlocks(scope: FormScope, files: readonly SystemFile[]): readonly Block[] {
  const of = [...scope.systems, ...scope.secret].map(({ classification }) => classification);
  const total = of.length;
  const count = (is: (one: NonNullable<(typeof of)[number]>) => boolean) =>
    of.filter((one) => one !== undefined && is(one)).length;
  const assessed = files.flatMap((file) => file.assessed).filter(({ framework }) => framework.kind === 'level-clauses');
  return [
    line('forms.periodic.regulation', { qc_co: count(({ regulation }) => regulation !== undefined), qc_tong: total }),
    line('forms.periodic.followed', {
      qc_tuan_thu: count(({ regulationFollowed }) => regulationFollowed === true),
      tt_tong: total,
    }),
    line('forms.periodic.implementation', {
      pa_day_du: count(({ implementation }) => implementation?.state === 'day-du'),
      pa_mot_so: count(({ implementation }) => implementation?.state === 'mot-so-hang-muc'),
      pa_chua: count(({ implementation }) => implementation?.state === 'chua-trien-khai'),
      pa_khong_ro:
        count(({ implementation }) => implementation === undefined) + of.filter((one) => one === undefined).length,
    }),
    subheading('forms.periodic.by-text'),
    {
      kind: 'table',
      tag: 'theo_van_ban',
      columns: [{ tag: 'vb_ten', head: 'forms.criteria.text', width: 42 }, ...verdictColumns('vb')],
      rows: [...groupBy(assessed, ({ framework }) => framework.instrument.number)].map(([number, group]) => ({
        vb_ten: number,
        ...verdictValues('vb', group),
      })),
    },
  ];
}

function weaknessBlocks(
  report: ReportData | undefined,
  files: readonly SystemFile[],
  done: Results | undefined,
): readonly Block[] {
  return [
    line('forms.periodic.outcome', { ket_qua: { sentence: outcome(report, files) } }),
    line('forms.periodic.comparison', { so_sanh: { sentence: comparison(report, done) } }),
    {
      kind: 'table',
      tag: 'theo_muc_do',
      columns: [
        { tag: 'md_ten', head: 'forms.periodic.severity', width: 40 },
        { tag: 'md_so', head: 'forms.periodic.open', width: 40, align: centre },
        { tag: 'md_he_thong', head: 'forms.periodic.systems', width: 40, align: centre },
        { tag: 'md_chap_nhan', head: 'forms.periodic.waived', width: 40, align: centre },
      ],
      rows: (report === undefined ? [] : severities).map((severity) => ({
        md_ten: { words: [`words.severity.${severity}`] },
        md_so: files.flatMap(({ open }) => open).filter(({ finding }) => finding.severity === severity).length,
        md_he_thong: files.filter(({ open }) => open.some(({ finding }) => finding.severity === severity)).length,
        md_chap_nhan: files.flatMap(({ waived }) => waived).filter(({ finding }) => finding.severity === severity)
          .length,
      })),
    },
    subheading('forms.periodic.changes'),
    {
      kind: 'table',
      tag: 'viec_can_lam',
      columns: [
        { tag: 'vl_stt', head: 'forms.mau-08.col-1', width: 10, align: centre },
        { tag: 'vl_ten', head: 'forms.plan.work', width: 88 },
        { tag: 'vl_muc_do', head: 'forms.periodic.severity', width: 24, align: centre },
        { tag: 'vl_he_thong', head: 'forms.periodic.systems', width: 18, align: centre },
        { tag: 'vl_vi_tri', head: 'forms.periodic.places', width: 20, align: centre },
      ],
      rows: actions(files).map((action, at) => ({
        vl_stt: at + 1,
        vl_ten: changeWords(action.title),
        vl_muc_do: { words: [action.word.key] },
        vl_he_thong: action.systems,
        vl_vi_tri: action.places,
      })),
    },
  ];
}

function outcome(report: ReportData | undefined, files: readonly SystemFile[]): Sentence {
  if (report === undefined) return sentence('forms.periodic.no-run');
  return sentence('forms.periodic.observed', {
    luot_luc: formatInstant(report.run.endedAt ?? report.run.startedAt),
    do_phu: coverageValue(checkCoverage(files.flatMap(({ findings }) => findings))),
  });
}

function comparison(report: ReportData | undefined, done: Results | undefined): Sentence {
  if (report === undefined || done === undefined) return sentence('forms.periodic.first-run');
  return sentence('forms.periodic.results', {
    kq_truoc: { day: done.since },
    kq_da_khac_phuc: done.fixed,
    kq_con: done.remaining,
    kq_moi: done.fresh,
    kq_khong_quan_sat: done.unseen,
  });
}
