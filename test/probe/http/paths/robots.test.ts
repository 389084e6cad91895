import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disallowedPaths, parseRobots, robotsAllow } from '../../../../src/probe/http/paths/robots.ts';
import { cpuMs } from '../../../setup/cpu.ts';

const parse = (text: string) => parseRobots(Buffer.from(text));

describe('what a robots.txt asks (RFC 9309)', () => {
  it.each([
    ['nothing at all', '', '/.git/HEAD', true],
    ['an empty disallow', 'User-agent: *\nDisallow:', '/x', true],
    ['everything', 'User-agent: *\nDisallow: /', '/x', false],
    ['its own file all the same', 'User-agent: *\nDisallow: /', '/robots.txt', true],
    ['a beginning', 'User-agent: *\nDisallow: /backup', '/backup.zip', false],
    ['another beginning', 'User-agent: *\nDisallow: /backup/', '/backup.zip', true],
    ['the longer rule', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['the longer rule, whatever the order', 'User-agent: *\nAllow: /a/b\nDisallow: /a', '/a/c', false],
    ['allow, of two as long', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['a wildcard', 'User-agent: *\nDisallow: /*.sql', '/x/backup.sql', false],
    ['a wildcard to the end', 'User-agent: *\nDisallow: /*.sql$', '/backup.sql.txt', true],
    ['an end', 'User-agent: *\nDisallow: /a$', '/a', false],
    ['an end that is not there', 'User-agent: *\nDisallow: /a$', '/ab', true],
    ['our own group before that for all', 'User-agent: *\nDisallow: /\n\nUser-agent: RaSoat\nDisallow: /x', '/y', true],
    ['our own group, version and all', 'User-agent: rasoat/9.9\nDisallow: /', '/y', false],
    ['groups for one agent, joined', 'User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b', '/b', false],
    ['agents that share rules', 'User-agent: x\nUser-agent: *\nDisallow: /a', '/a', false],
    ['another agent alone', 'User-agent: Googlebot\nDisallow: /', '/a', true],
    ['rules before any agent: none', 'Disallow: /\nUser-agent: *\nAllow: /', '/a', true],
    ['comments and blanks', 'user-AGENT : * # all\r\n  disallow :  /a # this\r\n', '/a', false],
    ['a byte order mark', '\ufeffUser-agent: *\nDisallow: /a', '/a', false],
    ['escapes: the same letter', 'User-agent: *\nDisallow: /%7euser', '/~user', false],
    ['escapes: letters beyond ASCII', 'User-agent: *\nDisallow: /nội-bộ', '/n%E1%BB%99i-b%E1%BB%99', false],
  ])('%s', (_name, text, path, allowed) => {
    expect(robotsAllow(parse(text), 'rasoat', path)).toBe(allowed);
  });

  it('names each path that it forbids once', () => {
    expect(
      disallowedPaths(parse('User-agent: *\nDisallow: /a\nDisallow:\nAllow: /c\nUser-agent: x\nDisallow: /a')),
    ).toEqual(['/a']);
  });

  it('reads no more than 500 KiB of it', () => {
    const long = `User-agent: *\nDisallow: /a\n${'#\n'.repeat(300_000)}Disallow: /late\n`;
    expect(disallowedPaths(parse(long))).toEqual(['/a']);
  });
});

it('any bytes give an answer', () => {
  const line = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom('User-agent: ', 'Disallow: ', 'Allow: '), fc.string()).map((both) => both.join('')),
  );
  fc.assert(
    fc.property(
      fc.array(line).map((lines) => Buffer.from(lines.join('\n'))),
      fc.webPath(),
      (bytes, path) => {
        expect(typeof robotsAllow(parseRobots(bytes), 'rasoat', path)).toBe('boolean');
      },
    ),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
      expect(parseRobots(bytes).groups.every(({ agents }) => agents.length > 0)).toBe(true);
    }),
  );
});

it('many wildcards cost no more than their length', () => {
  const robots = parse(`User-agent: *\nDisallow: /${'*a'.repeat(2000)}$`);
  const allow = () => robotsAllow(robots, 'rasoat', `/${'a'.repeat(1900)}b`);
  expect(cpuMs(allow)).toBeLessThan(500);
  expect(allow()).toBe(true);
});
