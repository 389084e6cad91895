import { describe, expect, test } from 'vitest';
import { lintCheck } from '../../src/judge/lint.ts';
import type { RuleSchema } from '../../src/model/check.ts';
import { because, check, object, ofTls } from './build.ts';

const lint = (rule: RuleSchema, applies?: RuleSchema) =>
  lintCheck(check(rule, applies === undefined ? {} : { applies: ofTls(applies) })).map(
    ({ path, message }) => `${path.join('/')} ${message.key.replace('checks.', '')}`,
  );
const list = (item: RuleSchema, more: RuleSchema = {}) => object({ suites: { type: 'array', items: item, ...more } });
const below = 'rule/properties/tls/properties';

test('a rule that says all it must is clean', () => {
  expect(lint(list(object({ cipher: true }, { not: { properties: { cipher: { const: 'NULL' } } }, because })))).toEqual(
    [],
  );
});

describe('facts', () => {
  test('are looked for in every form of a union, and through lists', () => {
    const rule = object({
      chains: { type: 'array', items: object({ certificates: { type: 'array', items: object({ isCA: true }) } }) },
    });
    expect(lint(rule)).toEqual([`${below}/chains/items/properties/certificates/items/properties/isCA rule-fact-near`]);
    const nullable = {
      type: 'object',
      required: ['http'],
      properties: { http: object({ hsts: object({ maxAgge: true }, { because }) }) },
    };
    expect(lintCheck(check({}, { reads: ['http'], rule: nullable })).map(({ message }) => message)).toEqual([
      { key: 'checks.rule-fact-near', params: { fact: 'http.hsts.maxAgge', near: 'maxAge' } },
    ]);
  });

  test('in then are required there, not in the rule around it', () => {
    const then = (inner: RuleSchema) =>
      list(object({ cipher: true }, { if: { properties: { cipher: { const: 'RC4_128' } } }, then: inner }));
    const bits = { properties: { bits: { type: 'integer', minimum: 1, because } } };
    expect(lint(then(bits))).toEqual([`${below}/suites/items/then/properties/bits rule-not-required`]);
    expect(lint(then({ ...bits, required: ['bits'] }))).toEqual([]);
  });

  test('may be required by an allOf beside the composite', () => {
    const item = {
      type: 'object',
      allOf: [object({ cipher: true })],
      not: { properties: { cipher: { const: 'NULL' } } },
      because,
    };
    expect(lint(list(item))).toEqual([]);
  });
});

describe('composites', () => {
  const cipher = { properties: { cipher: { const: 'NULL' } } };
  const inItem = (composite: RuleSchema) => list({ type: 'object', ...composite, because });

  test.each([
    ['not', { not: cipher }, 'not'],
    ['anyOf', { anyOf: [cipher] }, 'anyOf/0'],
    ['oneOf', { oneOf: [cipher] }, 'oneOf/0'],
    ['if', { if: cipher, then: { type: 'object' } }, 'if'],
    ['not within anyOf', { anyOf: [{ not: cipher }] }, 'anyOf/0/not'],
    ['what they require themselves does not help', { not: { ...cipher, required: ['cipher'] } }, 'not'],
  ])('%s may not read what is not required outside', (_, composite, path) => {
    expect(lint(inItem(composite))).toEqual([`${below}/suites/items/${path}/properties/cipher rule-composite`]);
  });

  test('contains reads what items requires', () => {
    const contains = { type: 'object', ...cipher };
    expect(lint(object({ suites: { type: 'array', contains, because } }))).toEqual([
      `${below}/suites/contains/properties/cipher rule-composite`,
    ]);
    expect(lint(list(object({ cipher: true }), { contains, because }))).toEqual([]);
  });

  test('have no keyword that can be undecided', () => {
    const rule = object({ sni: { type: 'string', anyOf: [{ versionIn: '>=1' }, { daysAgoMax: 1 }], because } });
    expect(lint(rule)).toEqual([
      `${below}/sni/anyOf/0/versionIn rule-composite-keyword`,
      `${below}/sni/anyOf/1/daysAgoMax rule-composite-keyword`,
    ]);
  });
});

describe('reasons', () => {
  const sni = (rule: RuleSchema) => lint(object({ sni: rule }));

  test('are owed by whatever can fail, not by what cannot', () => {
    expect(sni({ type: 'string' })).toEqual([]);
    expect(sni({ type: 'string', minLength: 3 })).toEqual([`${below}/sni/minLength rule-because`]);
    expect(sni({ not: { const: 'a' } })).toEqual([`${below}/sni/not rule-because`]);
  });

  const error = object({ verified: object({ trustError: { type: 'string' } }) });
  test('are owed by a type that shuts out null, unless applies has done so', () => {
    expect(lint(error)).toEqual([`${below}/verified/properties/trustError/type rule-because`]);
    expect(lint(error, error)).toEqual([]);
  });

  test('are not owed by applies', () => {
    expect(lint(object({}), object({ sni: { type: 'string', minLength: 3 } }))).toEqual([]);
  });
});
