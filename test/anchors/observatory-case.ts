import type { Site } from './judge-web.ts';
import type { AnchorRule } from './rule.ts';

export type Row = AnchorRule<Site>;

/** The table of tests and results of mdn/mdn-http-observatory, src/grader/charts.js, told as "result (modifier)". */
export const at = 'mdn-http-observatory, scoring: ';
export const csp = (value: string): Site => ({ headers: { 'Content-Security-Policy': value } });
export const cookie = (value: string): Site => ({ headers: { 'Set-Cookie': value } });
export const header = (name: string, value: string | readonly string[]): Site => ({ headers: { [name]: value } });
export const html = (text: string): Site => ({ html: text });
export const sts = (value: string) => header('Strict-Transport-Security', value);
