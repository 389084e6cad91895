import { hash } from 'node:crypto';
import type { JarmAnswer } from './jarm-answer.ts';

/** Suites by rising code as the reference numbers them, from 1; the two first ChaCha20 before the later, TLS 1.3 last. */
const numbered: readonly string[] = (
  '0004 0005 0007 000a 0016 002f 0033 0035 0039 003c 003d 0041 0045 0067 006b 0084 0088 009a 009c 009d 009e 009f 00ba ' +
  '00be 00c0 00c4 c007 c008 c009 c00a c011 c012 c013 c014 c023 c024 c027 c028 c02b c02c c02f c030 c060 c061 c072 c073 ' +
  'c076 c077 c09c c09d c09e c09f c0a0 c0a1 c0a2 c0a3 c0ac c0ad c0ae c0af cc13 cc14 cca8 cca9 1301 1302 1303 1304 1305'
).split(' ');

/** The 62 digits over ten answers: three for the suite and version of each, then 32 of a SHA-256 over the rest. */
export function jarmHash(answers: readonly JarmAnswer[]): string {
  if (answers.every(({ suite, version }) => suite === '' && version === '')) return '0'.repeat(62);
  const head = answers.map(({ suite, version }) => `${suiteDigits(suite)}${versionDigit(version)}`).join('');
  const rest = answers.map(({ alpn, extensions }) => alpn + extensions).join('');
  return head + hash('sha256', rest, 'hex').slice(0, 32);
}

function suiteDigits(suite: string): string {
  if (suite === '') return '00';
  const index = numbered.indexOf(suite);
  return (index === -1 ? numbered.length + 1 : index + 1).toString(16).padStart(2, '0');
}

/** SSLv3 `a` to TLS 1.2 `d`, which TLS 1.3 claims to be. */
function versionDigit(version: string): string {
  return 'abcdef'[Number(version[3] ?? 'x')] ?? '0';
}
