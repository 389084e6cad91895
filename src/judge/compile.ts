import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Check, RuleSchema } from '../model/check.ts';
import type { Evidence } from '../model/finding.ts';
import type { Kind } from '../model/observation.ts';
import { foldErrors, type Gap } from './evidence.ts';
import { addKeywords, type Clocks } from './keywords.ts';

/** Views of facts by kind, as a check receives them: a kind that was not seen has no key. */
export type Views = Readonly<Partial<Record<Kind, unknown>>>;

/** What one schema says of the facts (style.md C5). `wrong` decides before `unknown`. */
type Answer =
  | { readonly is: 'right' }
  | { readonly is: 'wrong'; readonly evidence: readonly Evidence[] }
  | { readonly is: 'unknown'; readonly missing: readonly Gap[] };

type Question = (views: Views, clocks: Clocks) => Answer;

/** A check whose schemas are ready to run. */
export type CompiledCheck = { readonly check: Check; readonly applies?: Question; readonly rule: Question };

/** An ajv for rules: draft 2020-12, strict, every error kept with its value. Facts must have passed their own schema. */
function createRuleAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    code: { optimize: false },
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    passContext: true,
    logger: false,
  });
  addKeywords(ajv);
  return ajv;
}

let shared: Ajv2020 | undefined;

/** The one ajv of all rules. It keeps what it compiled by the schema's object, so what was linted is not compiled again. */
export function ruleAjv(): Ajv2020 {
  return (shared ??= createRuleAjv());
}

/**
 * Makes checks ready, in their order; a rule is compiled when it is first asked, for few runs ask all. One that ajv refuses throws
 * then: `readChecks` lets none through that it was not told to trust.
 */
export function compileChecks(checks: readonly Check[]): readonly CompiledCheck[] {
  const ajv = ruleAjv();
  return checks.map((check) => ({
    check,
    ...(check.applies === undefined ? {} : { applies: compileQuestion(ajv, check, check.applies) }),
    rule: compileQuestion(ajv, check, check.rule),
  }));
}

function compileQuestion(ajv: Ajv2020, check: Check, schema: RuleSchema): Question {
  let compiled: ValidateFunction | undefined;
  return (views, clocks) => {
    const validate = (compiled ??= ajv.compile(schema));
    if (validate.call(clocks, views)) return { is: 'right' };
    const { wrong, missing } = foldErrors(validate.errors ?? [], schema, check.why);
    return wrong.length > 0 ? { is: 'wrong', evidence: wrong } : { is: 'unknown', missing };
  };
}
