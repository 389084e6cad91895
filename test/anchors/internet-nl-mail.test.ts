import { expect, test } from 'vitest';
import { judgeMail } from '../mail/given.ts';
import { authenticityRows } from './internet-nl-mail-authenticity.ts';
import { transportRows } from './internet-nl-mail-transport.ts';

const rows = [...authenticityRows, ...transportRows];

test.each(rows.map((row, index) => ({ ...row, index })))('$index $rule: $ours', ({ check, given, ours, because }) => {
  if (check === null || given === null) {
    expect(ours).toBeNull();
    expect(because).toBeTruthy();
    return;
  }
  const finding = judgeMail(given).get(check);
  expect(finding?.outcome, JSON.stringify(finding)).toBe(ours);
});
