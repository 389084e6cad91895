import type { Severity } from '../../model/check.ts';
import { message } from '../../model/text.ts';
import type { System } from '../../model/inventory.ts';
import { formatInstant } from '../format.ts';
import { actionTitle, gravestOf, gravity, severityWord } from '../view/actions.ts';
import { compare, groupBy, reportIndex, type Failed, type SystemFile } from '../view/report-index.ts';
import { platformsSeen } from '../view/platform.ts';
import { checkCoverage } from '../view/tally.ts';
import { changeWords } from './change-words.ts';
import { coverageValue } from './coverage.ts';
import { dossierDefects, organisationDefects } from './dossier-defects.ts';
import { proposedDay, proposedDays } from './due.ts';
import type { FormInput } from './input.ts';
import { leftOut, parentName } from './mau-08.ts';
import {
  heading,
  line,
  remark,
  sentence,
  type Column,
  type Defect,
  type Paper,
  type Value,
  type Values,
} from './paper.ts';
import { yearlyPeriod } from './period.ts';
import { ownScope, reporting } from './scope.ts';
import { UserError } from '../../model/errors.ts';
import { given } from './value.ts';

const columns: readonly Column[] = [
  { tag: 'kh_stt', head: 'forms.mau-08.col-1', width: 10, align: 'center' },
  { tag: 'kh_viec', head: 'forms.plan.work', width: 52 },
  { tag: 'kh_noi', head: 'forms.plan.where', width: 46 },
  { tag: 'kh_muc_do', head: 'forms.periodic.severity', width: 19, align: 'center' },
  { tag: 'kh_han', head: 'forms.plan.due', width: 20, align: 'center' },
  { tag: 'kh_nguoi', head: 'forms.plan.person', width: 27 },
  { tag: 'kh_trach_nhiem', head: 'forms.plan.responsibility', width: 27 },
  { tag: 'kh_san_pham', head: 'forms.plan.product', width: 27 },
  { tag: 'kh_tham_quyen', head: 'forms.plan.authority', width: 25 },
];

const detailColumns: readonly Column[] = [
  { tag: 'ct_stt', head: 'forms.mau-08.col-1', width: 10, align: 'center' },
  { tag: 'ct_he_thong', head: 'forms.mau-08.col-2', width: 40 },
  { tag: 'ct_noi', head: 'forms.plan.place', width: 62 },
  { tag: 'ct_noi_dung', head: 'forms.plan.state', width: 60 },
  { tag: 'ct_muc_do', head: 'forms.periodic.severity', width: 19, align: 'center' },
  { tag: 'ct_cach', head: 'forms.plan.how', width: 62 },
];

/**
 * The remediation plan of one agency: what to change, grouped by change, by when, with the six "rõ". Only systems that it
 * owns are in it. Throws UserError without an organisation.
 */
export function plan(input: FormInput): Paper {
  const { inventory, on, report } = input;
  if (input.organisation === undefined) {
    const known = inventory.organisations.map(({ id }) => id).join(', ');
    throw new UserError([{ message: message('forms.error.organisation-needed', { known }) }]);
  }
  const organisation = reporting(inventory, input.organisation);
  const scope = ownScope(inventory, organisation);
  const index = report === undefined ? undefined : reportIndex(report);
  const owned = scope.role === 'owner' ? scope.systems : [];
  const files = owned.flatMap(({ id }) => index?.fileOf.get(id) ?? []);
  const operators = new Map(inventory.organisations.map((one) => [one.id, one]));
  const dossier = dossierDefects(input, owned, yearlyPeriod(on));
  const responsible = [given(organisation.headPosition), given(organisation.head)]
    .filter((part) => part !== null)
    .join(', ');

  const groups = [
    ...groupBy(
      files.flatMap((file) => file.open.filter(asksForWork).map((failed) => ({ file, ...failed }))),
      ({ check }) => check.change,
    ),
  ]
    .map(([, failed]) => ({ failed, gravest: gravestOf(failed) }))
    .toSorted(
      (a, b) =>
        gravity(a.gravest.finding.severity) - gravity(b.gravest.finding.severity) ||
        compare(a.gravest.check.change, b.gravest.check.change),
    );

  const people = (systems: readonly System[]): string | null => {
    const names = [...new Set(systems.map(({ operator }) => operator))].map((id) => {
      const one = operators.get(id);
      const contact = given(one?.contact?.name);
      return `${one?.name ?? id}${contact === null ? '' : ` (${contact})`}`;
    });
    return names.length === 0 ? null : names.join('; ');
  };

  const technical = groups.map(({ failed, gravest }): Values => ({
    kh_viec: changeWords(actionTitle(gravest)),
    kh_noi: whereOf(failed),
    kh_muc_do: { words: [severityWord(gravest.finding.severity).key] },
    kh_han: dueOf(on, gravest.finding.severity),
    kh_nguoi: people([...new Set(failed.map(({ file }) => file.system))]),
    kh_trach_nhiem: responsible === '' ? null : responsible,
    kh_san_pham: { words: ['forms.plan.product-rescan'] },
    kh_tham_quyen: given(organisation.headPosition),
  }));
  const papers = [
    ...groupBy(
      dossier.filter(({ code }) => dossierWork.has(code)),
      ({ code }) => code,
    ),
  ].map(([code, defects]): Values => {
    const systems = owned.filter(({ id }) => defects.some(({ system }) => system === id));
    return {
      kh_viec: { words: [`forms.work.${code}`] },
      kh_noi: systems.map(({ name }) => name).join('; '),
      kh_muc_do: null,
      kh_han: null,
      kh_nguoi: people(systems),
      kh_trach_nhiem: responsible === '' ? null : responsible,
      kh_san_pham: { words: [`forms.work-product.${code}`] },
      kh_tham_quyen: given(organisation.headPosition),
    };
  });
  const rows = [...technical, ...papers].map((row, at): Values => ({ kh_stt: at + 1, ...row }));

  return {
    kind: 'plan',
    cover: {
      title: message('forms.cover.title'),
      facts: [
        ...(report === undefined
          ? [message('forms.cover.no-run')]
          : [
              message('forms.cover.run', {
                run: report.run.id,
                at: formatInstant(report.run.endedAt ?? report.run.startedAt),
              }),
            ]),
        message('forms.cover.plan-systems', { n: owned.length }),
        ...leftOut(scope),
      ],
      defects: [
        ...(report === undefined ? [noRun(organisation)] : []),
        ...(owned.length === 0
          ? [{ ...noRun(organisation), code: 'owns-nothing', message: message('forms.defect.owns-nothing') }]
          : []),
        ...blankClear(rows, organisation),
        ...organisationDefects(inventory, [organisation]),
        ...dossier,
      ],
      notes: [
        message('forms.cover.note-due', days()),
        message('forms.cover.note-clear'),
        message('forms.cover.note-signature-own'),
      ],
    },
    parent: parentName(inventory, organisation),
    organisation: organisation.name,
    on,
    title: sentence('forms.plan.title'),
    subject: sentence('forms.plan.subject'),
    internal: true,
    addressee: null,
    body: [
      heading('forms.plan.part-1'),
      line('forms.plan.opening', {
        kh_so_he_thong: owned.length,
        kh_luot: report === undefined ? null : formatInstant(report.run.endedAt ?? report.run.startedAt),
        kh_so_phat_hien: files.reduce((sum, file) => sum + file.open.length, 0),
        kh_so_viec: rows.length,
        kh_so_thong_tin: files.flatMap(({ open }) => open).filter((one) => !asksForWork(one)).length,
        kh_do_phu: coverageValue(checkCoverage(files.flatMap(({ findings }) => findings))),
      }),
      heading('forms.plan.part-2'),
      line('forms.plan.see-annex-1'),
      line('forms.plan.see-annex-2'),
      heading('forms.plan.part-3'),
      line('forms.plan.carry-out'),
      line('forms.plan.rescan'),
      remark('forms.plan.note', { quy_uoc: { sentence: sentence('forms.plan.convention', days()) } }),
    ],
    annexes: [
      {
        label: sentence('forms.annex-1'),
        name: sentence('forms.plan.annex-1'),
        landscape: true,
        blocks: [{ kind: 'table', tag: 'viec', columns, rows }],
      },
      {
        label: sentence('forms.annex-2'),
        name: sentence('forms.plan.annex-2'),
        landscape: true,
        blocks: [{ kind: 'table', tag: 'chi_tiet', columns: detailColumns, rows: details(files) }],
      },
    ],
    filled: {
      organisation: organisation.id,
      run: report?.run.id ?? null,
      systems: owned.map(({ id }) => id),
      works: rows.length,
      openFailures: files.reduce((sum, file) => sum + file.open.length, 0),
      stateSecretNotNamed: scope.secret.length,
      excludedNotCounted: scope.excluded,
    },
  };
}

/** What is missing in a dossier and is work to do, with its product; the rest of the defects is for the pen. */
const dossierWork: ReadonlySet<string> = new Set([
  'level-missing',
  'dossier-not-begun',
  'regulation-missing',
  'redetermine',
  'returned',
  'expected-passed',
  'implementation-passed',
  'inspection-old',
]);

function days(): Readonly<Record<string, number>> {
  return {
    critical: proposedDays.critical,
    high: proposedDays.high,
    medium: proposedDays.medium,
    low: proposedDays.low,
  };
}

function whereOf(failed: readonly { readonly file: SystemFile }[]): string {
  return [...groupBy(failed, ({ file }) => file.system)]
    .map(([system, places]) => `${system.name} (${String(places.length)})`)
    .sort(compare)
    .join('; ');
}

function noRun({ id, name }: { readonly id: string; readonly name: string }): Defect {
  return { code: 'no-run', organisation: id, about: name, message: message('forms.defect.no-run') };
}

/** A blank "rõ" is a defect that is told; which rows. */
function blankClear(
  rows: readonly Values[],
  { id, name }: { readonly id: string; readonly name: string },
): readonly Defect[] {
  const tags = {
    kh_han: 'time',
    kh_nguoi: 'person',
    kh_trach_nhiem: 'responsibility',
    kh_tham_quyen: 'authority',
  } as const;
  return Object.entries(tags).flatMap(([tag, clear]) => {
    const blank = [...rows.entries()].filter(([, row]) => row[tag] === null).map(([at]) => String(at + 1));
    if (blank.length === 0) return [];
    const words = message(`forms.defect.clear-${clear}-missing`, { rows: blank.join(', ') });
    return [{ code: `clear-${clear}-missing`, organisation: id, about: name, message: words }];
  });
}

function details(files: readonly SystemFile[]): readonly Values[] {
  const bySeverity = (a: Failed, b: Failed) =>
    gravity(a.finding.severity) - gravity(b.finding.severity) || compare(a.check.id, b.check.id);
  return files
    .flatMap((file) =>
      file.open
        .filter(asksForWork)
        .toSorted(bySeverity)
        .map((failed) => ({ file, ...failed })),
    )
    .map(({ file, check, finding }, at) => ({
      ct_stt: at + 1,
      ct_he_thong: file.system.name,
      ct_noi: finding.target,
      ct_noi_dung: check.title.vi.trim(),
      ct_muc_do: { words: [severityWord(finding.severity satisfies Severity).key] },
      ct_cach: fixOf(file, { check, finding }),
    }));
}

/** How to mend it on what was seen there, else anywhere. */
function fixOf({ observations }: SystemFile, { check, finding }: Failed): string | null {
  const seen = platformsSeen(observations.filter(({ target }) => target === finding.target));
  const fitting = seen.find((platform) => check.fix[platform] !== undefined);
  const fix = check.fix[fitting ?? 'any'] ?? Object.values(check.fix)[0];
  return fix === undefined ? null : fix.vi.trim();
}

/** Severity "info" is advice: told as a number, no work of the plan. */
function asksForWork({ finding }: Failed): boolean {
  return finding.severity !== 'info';
}

function dueOf(on: string, severity: Severity): Value {
  return severity === 'info' ? null : { day: proposedDay(on, severity) };
}
