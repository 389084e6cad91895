import type { Inventory } from '../../model/inventory.ts';
import type { Organisation } from '../../model/inventory/organisation.ts';
import { daysBetween } from '../../model/day.ts';
import { message, type Message } from '../../model/text.ts';
import { formatDay } from '../format.ts';
import { allApprovedBy, counters } from './counters.ts';
import { criteriaAnnex } from './criteria-annex.ts';
import { dossierDefects, organisationDefects } from './dossier-defects.ts';
import type { FormInput } from './input.ts';
import { listsAnnex } from './lists-annex.ts';
import { heading, line, sentence, type Block, type Cover, type Paper, type Value } from './paper.ts';
import { yearlyDue, yearlyPeriod } from './period.ts';
import { formScope, reporting, type FormScope } from './scope.ts';
import { systemsAnnex } from './systems-annex.ts';
import { documentValue, dots, given } from './value.ts';

/** Mẫu số 08 of Decree 331/2026: the yearly report on levels. */
export function mau08(input: FormInput): Paper {
  const { inventory, on } = input;
  const organisation = reporting(inventory, input.organisation);
  const scope = formScope(inventory, organisation);
  const all = [...scope.systems, ...scope.secret];
  const counted = counters(all);
  const completed = allApprovedBy(all);
  const period = yearlyPeriod(on);
  const done = counted.total > 0 && counted.approved === counted.total;
  const owners = scope.owners.length === 0 ? [organisation] : scope.owners;
  const body: readonly Block[] = [
    heading('forms.mau-08.part-1'),
    line('forms.mau-08.total', { tong_so: counted.total }),
    line('forms.mau-08.classified', { so_phan_loai: counted.classified }),
    line('forms.mau-08.dossier', { so_ho_so: counted.dossier }),
    line('forms.mau-08.appraised', { so_tham_dinh: counted.appraised }),
    line('forms.mau-08.approved', { so_phe_duyet: counted.approved }),
    line('forms.mau-08.inspected', { so_kiem_tra: counted.inspected }),
    line('forms.mau-08.all-by', {
      du_kien_hoan_thanh: done ? { words: ['forms.mau-08.all-done'] } : completed === null ? null : { day: completed },
    }),
    heading('forms.mau-08.part-2'),
    { kind: 'each', tag: 'chu_quan', items: owners.map((owner) => ownerBlocks(inventory, owner)) },
    heading('forms.mau-08.part-3'),
    line('forms.mau-08.see-annex-1'),
    line('forms.mau-08.see-annex-2'),
    line('forms.mau-08.see-annex-3'),
  ];
  return {
    kind: 'mau-08',
    cover: cover(input, scope, done || completed !== null),
    parent: parentName(inventory, organisation),
    organisation: organisation.name,
    on,
    title: null,
    subject: sentence('forms.mau-08.subject'),
    internal: false,
    addressee: addressee(inventory, scope),
    body,
    annexes: [
      systemsAnnex(inventory, scope.systems),
      listsAnnex(inventory, scope.systems),
      criteriaAnnex(input.report, scope.systems),
    ],
    filled: {
      organisation: organisation.id,
      role: scope.role,
      period: { from: period.from, until: period.until, due: yearlyDue(period.year, scope.role) },
      counters: counted,
      allApprovedBy: completed,
      systems: scope.systems.map(({ id }) => id),
      stateSecretNotNamed: scope.secret.length,
      excludedNotCounted: scope.excluded,
    },
  };
}

/** Đ35.4: an owner reports to the Ministry of Public Security; an operator to its owners. */
function addressee(inventory: Inventory, { role, owners }: FormScope): Value {
  if (role === 'owner') return { words: ['forms.ministry'] };
  const names = inventory.organisations.filter(({ id }) => owners.some((one) => one.id === id)).map(({ name }) => name);
  return names.length === 0 ? null : names.join('; ');
}

/** The body right above, as the head of a paper names it. */
export function parentName(inventory: Inventory, { parent }: Organisation): string | null {
  return parent === undefined ? null : (inventory.organisations.find(({ id }) => id === parent)?.name ?? null);
}

function ownerBlocks(inventory: Inventory, owner: Organisation): readonly Block[] {
  const unitId = owner.specialisedUnit?.organisation;
  const unit = inventory.organisations.find(({ id }) => id === unitId);
  return [
    line('forms.mau-08.owner'),
    line('forms.mau-08.owner-name', { cq_ten: owner.name }),
    line('forms.mau-08.functions', { cq_chuc_nang: documentValue(owner.functions) }),
    line('forms.mau-08.head', { cq_dai_dien: headOf(owner) }),
    line('forms.mau-08.owner-address', { cq_dia_chi: given(owner.address) }),
    line('forms.mau-08.owner-contact', { cq_lien_he: contactOf(owner) }),
    line('forms.mau-08.unit'),
    line('forms.mau-08.unit-name', { ct_ten: unit?.name ?? null }),
    line('forms.mau-08.unit-functions', { ct_chuc_nang: documentValue(unit?.functions) }),
    line('forms.mau-08.unit-head', { ct_dai_dien: unit === undefined ? null : headOf(unit) }),
    line('forms.mau-08.unit-address', { ct_dia_chi: given(unit?.address) }),
    line('forms.mau-08.unit-contact', { ct_lien_he: unit === undefined ? null : contactOf(unit) }),
  ];
}

/** Name and position; what is missing stays as dots. */
function headOf({ head, headPosition }: Organisation): string | null {
  const name = given(head);
  const position = given(headPosition);
  return name === null && position === null ? null : `${name ?? dots}, ${position ?? dots}`;
}

function contactOf({ contact }: Organisation): string | null {
  const parts = [given(contact?.phone), given(contact?.email)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function cover(input: FormInput, scope: FormScope, completionKnown: boolean): Cover {
  const period = yearlyPeriod(input.on);
  const due = yearlyDue(period.year, scope.role);
  const lastDay = daysBetween(input.on, due) - 1;
  return {
    title: message('forms.cover.title'),
    facts: [
      message('forms.cover.period', { from: formatDay(period.from), until: formatDay(period.until) }),
      ...(input.on < period.until
        ? [message('forms.cover.not-closed', { days: daysBetween(input.on, period.until) })]
        : []),
      message(`forms.cover.due-${scope.role}`, { day: formatDay(due) }),
      lastDay >= 0
        ? message('forms.cover.days-left', { days: lastDay })
        : message('forms.cover.late', { days: -lastDay }),
      message('forms.cover.listed', {
        total: scope.systems.length + scope.secret.length,
        listed: scope.systems.length,
      }),
      ...leftOut(scope),
    ],
    defects: [
      ...(completionKnown || scope.systems.length === 0
        ? []
        : [
            {
              code: 'completion-unknown',
              organisation: scope.organisation.id,
              about: scope.organisation.name,
              message: message('forms.defect.completion-unknown'),
            },
          ]),
      ...(scope.systems.length + scope.secret.length > 0
        ? []
        : [
            {
              code: 'no-systems',
              organisation: scope.organisation.id,
              about: scope.organisation.name,
              message: message('forms.defect.no-systems'),
            },
          ]),
      ...organisationDefects(input.inventory, scope.owners),
      ...dossierDefects(input, scope.systems, period),
    ],
    notes: [
      message('forms.cover.note-states'),
      message('forms.cover.note-dossier'),
      message('forms.cover.note-inspected'),
      message('forms.cover.note-signature'),
      message('forms.cover.note-addressee'),
      message(input.report === undefined ? 'forms.cover.note-no-run' : 'forms.cover.note-run', {
        ...(input.report === undefined ? {} : { run: input.report.run.id }),
      }),
      message('forms.cover.note-source'),
    ],
  };
}

/** What is told of systems that the paper does not name: how many, and why. */
export function leftOut({ secret, excluded }: FormScope): readonly Message[] {
  return [
    ...(secret.length === 0 ? [] : [message('forms.cover.secret', { n: secret.length })]),
    ...(excluded === 0 ? [] : [message('forms.cover.excluded', { n: excluded })]),
  ];
}
