import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reportFolder } from '../../src/report/report-folder.ts';

it('is named by what the report is of', () => {
  expect(reportFolder({})).toBe('report');
  expect(reportFolder({ owner: 'so-y-te' })).toBe('report-so-y-te');
  expect(reportFolder({ owner: 'so-y-te', travelling: true })).toBe('report-travelling-so-y-te');
  expect(reportFolder({ only: 'province' })).toBe('report-province');
});

it('is never that of another report, whatever an owner is called', () => {
  const id = fc.oneof(
    fc.constantFrom('province', 'travelling', 'owner', 'travelling-so-y-te', 'owner-province', 'so-y-te'),
    fc
      .array(fc.constantFrom('province', 'travelling', 'owner', 'so'), { minLength: 1 })
      .map((parts) => parts.join('-')),
  );
  type Asked = { readonly only?: 'province'; readonly owner?: string; readonly travelling: boolean };
  const asked: fc.Arbitrary<Asked> = fc.oneof(
    fc.record({ travelling: fc.boolean() }),
    fc.constant({ only: 'province' as const, travelling: false }),
    fc.record({ owner: id, travelling: fc.boolean() }),
  );
  const of = ({ only, owner, travelling }: Asked) => [only, owner, travelling].join(' ');
  fc.assert(
    fc.property(asked, asked, (one, other) => {
      fc.pre(of(one) !== of(other));
      expect(reportFolder(one)).not.toBe(reportFolder(other));
    }),
  );
});
