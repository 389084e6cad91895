import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/model/finding.ts';
import type { Target } from '../../../src/model/target.ts';
import { readSelfChecks } from '../../../src/report/self-checks.ts';
import { fill } from '../../../src/report/view/remedy/commands.ts';
import { filledFor } from '../../../src/report/view/remedy/places.ts';
import { mayStandInCommand, shellWord } from '../../../src/report/view/remedy/shell-word.ts';

const nasty = [
  "a'b",
  '$(touch /tmp/x)',
  '`id`',
  'a;b',
  'a b',
  '*',
  '~',
  '-oProxyCommand=x',
  '{a,b}',
  '!!',
  'a&&b',
  '"',
  '#',
  '\\',
];
const words = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 40 }), fc.domain());

describe('a word of a shell', () => {
  it('reaches a program as it stands, whatever it is', () => {
    const all = [...nasty, ...fc.sample(words, { numRuns: 300, seed: 7 })].filter(
      (one) => !one.includes('\0') && one.isWellFormed(),
    );
    const script = `printf '%s\\0' ${all.map(shellWord).join(' ')}`;
    const { stdout, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout.split('\0').slice(0, -1)).toEqual(all);
  });

  it('is not made of what hides, or of what a program takes for an option', () => {
    for (const one of ['-f', '--help', '', 'a\nb', 'a\u202eb', 'a\u0000b', 'a\u001b[31m'])
      expect(mayStandInCommand(one)).toBe(false);
    expect(mayStandInCommand('cổng.example')).toBe(true);
  });
});

describe('commands of hostile targets', () => {
  const { ways } = readSelfChecks();
  const finding: Finding = {
    system: 's',
    target: 't',
    check: 'c',
    severity: 'high',
    outcome: 'fail',
    evidence: [{ at: '/ports', saw: { port: 22 }, because: { vi: 'x', en: 'x' } }],
    at: '2026-01-01T00:00:00.000Z',
  };
  const target = (name: string): readonly Target[] => [
    {
      key: 't',
      kind: 'host',
      system: 's',
      endpoint: { kind: 'host', host: name },
      name,
      address: '192.0.2.1',
      port: 22,
    },
    { key: 't', kind: 'mail', system: 's', endpoint: { kind: 'mail', domain: name, dkimSelectors: [name] }, name },
    {
      key: 't',
      kind: 'web',
      system: 's',
      endpoint: { kind: 'web', url: `https://a.example/${encodeURIComponent(name)}'x`, httpUrl: `http://${name}/` },
      name,
      address: '::1',
    },
  ];

  it('parse as bash, run nothing that a name says, and keep every name one word', () => {
    const lines = [...nasty, ...fc.sample(words, { numRuns: 30, seed: 11 })]
      .filter((one) => one.isWellFormed())
      .flatMap((name) =>
        target(name).flatMap((one) => {
          const filled = filledFor(one, finding, []);
          return Object.values(ways).flatMap(({ run }) => fill(run, filled) ?? []);
        }),
      );
    expect(lines.length).toBeGreaterThan(200);
    // Every program named in the templates is replaced by one that does nothing, so that what is left to run is the names.
    const programs = [
      'openssl',
      'curl',
      'nmap',
      'sudo',
      'dig',
      'delv',
      'snmpget',
      'ntpq',
      'grep',
      'head',
      'sort',
      'awk',
    ];
    const script = [
      'set -u; PATH=/nonexistent',
      ...programs.map((one) => `${one}() { :; }`),
      'command_not_found_handle() { echo "ran: $1"; }',
      ...new Set(lines),
    ].join('\n');
    const { stdout, stderr } = spawnSync('bash', [], { input: script, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).not.toContain('ran:');
  });
});
