import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternFault } from '../../../../src/judge/safe-pattern.ts';
import { pathGroups } from '../../../../src/model/facts/web-paths.ts';
import { decodeText } from '../../../../src/probe/http/decode-text.ts';
import { prove, type ReadAnswer } from '../../../../src/probe/http/paths/prove.ts';
import { exposures } from '../../../../src/probe/http/paths/read-exposures.ts';
import { cpuMs } from '../../../setup/cpu.ts';

function answer(body: string | Buffer, type = 'text/plain', status = 200, more: readonly string[] = []): ReadAnswer {
  const bytes = Buffer.from(body);
  return {
    status,
    rawHeaders: ['Content-Type', type, ...more],
    bytes,
    text: decodeText(bytes, type),
    isPage: type.includes('html'),
  };
}

function proofOf(id: string, given: ReadAnswer) {
  const exposure = exposures().find((one) => one.id === id);
  if (exposure === undefined) throw new Error(`no path ${id}`);
  return prove(exposure, given);
}

const hex = (text: string, length = 512) => {
  const bytes = Buffer.alloc(length);
  Buffer.from(text, 'hex').copy(bytes);
  return bytes;
};
const listing = (title: string) => `<html><head><title>${title}</title></head><body><h1>${title}</h1><a href="a">a</a>`;

/** Contents as the products write them, and the proof they give. */
const samples: readonly (readonly [id: string, given: ReadAnswer, proof: string])[] = [
  ['git-head', answer('ref: refs/heads/main\n'), 'git-reference'],
  ['git-head', answer('3f786850e387550fdab836ed7e6dc881de23001b\n', 'text/html'), 'git-reference'],
  ['git-config', answer('[core]\n\trepositoryformatversion = 0\n'), 'git-config'],
  ['dot-env', answer('# Laravel\nAPP_NAME=Cong\nDB_PASSWORD=hunter2\n'), 'environment-settings'],
  ['backup-zip', answer(hex('504b0304'), 'application/zip', 206), 'zip-archive'],
  ['backup-tar', answer(hex('1f8b0800'), 'application/gzip', 206), 'gzip-archive'],
  ['backup-sql', answer('-- MySQL dump 10.13  Distrib 8.0.35\n--\n'), 'mysql-dump'],
  ['backup-sql', answer('--\n-- PostgreSQL database dump\n--\n'), 'postgresql-dump'],
  ['backup-sql', answer(hex('5047444d50')), 'postgresql-custom-dump'],
  ['sql-dump', answer('-- phpMyAdmin SQL Dump\n-- version 5.2.1\n'), 'phpmyadmin-dump'],
  [
    'tomcat-manager',
    answer('401', 'text/html', 401, ['WWW-Authenticate', 'Basic realm="Tomcat Manager Application"']),
    'tomcat-manager-realm',
  ],
  ['web-inf', answer('<?xml version="1.0"?><web-app version="3.1">', 'text/xml'), 'deployment-descriptor'],
  ['web-config', answer('<?xml version="1.0"?>\n<configuration>\n  <system.web>\n', 'text/xml'), 'web-config'],
  ['wp-config-bak', answer("<?php\ndefine( 'DB_NAME', 'cong' );\n"), 'wordpress-settings'],
  ['htpasswd', answer('admin:$apr1$abc$def\n'), 'password-hashes'],
  [
    'server-status',
    answer('<title>Apache Status</title><dt>Server Version: Apache/2.4.6</dt>', 'text/html'),
    'apache-status',
  ],
  ['nginx-status', answer('Active connections: 2 \nserver accepts handled requests\n 5 5 9 \n'), 'nginx-stub-status'],
  [
    'phpinfo',
    answer('<title>PHP 8.1.2 - phpinfo()</title><h1 class="p">PHP Version 8.1.2</h1>', 'text/html'),
    'phpinfo',
  ],
  ['phpinfo', answer('<title>phpinfo()</title><h1 class="p">PHP Version 5.4.16</h1>', 'text/html'), 'phpinfo'],
  [
    'actuator',
    answer('{"_links":{"self":{"href":"x"},"heapdump":{"href":"x/heapdump"}}}', 'application/json'),
    'actuator-heapdump',
  ],
  ['phpmyadmin', answer('<title>phpMyAdmin</title>', 'text/html'), 'phpmyadmin-page'],
  ['adminer', answer('<title>Login - Adminer</title><select name="auth[driver]">', 'text/html'), 'adminer-page'],
  [
    'elmah',
    answer('<title>Error log for /LM/W3SVC</title><h1>Error Log for X</h1>Powered by ELMAH', 'text/html'),
    'elmah-log',
  ],
  [
    'trace-axd',
    answer('<h1>Application Trace</h1><h2>Requests to this Application</h2>', 'text/html'),
    'asp-net-trace',
  ],
  ['svn-database', answer(hex('53514c69746520666f726d6174203300')), 'sqlite-database'],
  ['svn-entries', answer('12\n'), ''],
  ['svn-entries', answer('10\n\ndir\n0\n'), 'svn-entries'],
  ['mercurial', answer('dotencode\nfncache\ngeneraldelta\nrevlogv1\nstore\n'), 'mercurial-requires'],
  ['ds-store', answer(hex('0000000142756431')), 'finder-index'],
  ['openapi', answer('{\n  "openapi": "3.0.1",\n', 'application/json'), 'openapi-document'],
  ['api-docs-2', answer('{"swagger":"2.0","info":{}', 'application/json'), 'openapi-document'],
  ['uploads', answer(listing('Index of /uploads/'), 'text/html'), 'autoindex'],
  ['uploads', answer(listing('Directory listing for /uploads/'), 'text/html'), 'autoindex'],
  ['uploads', answer(listing('Directory Listing For [/uploads/]'), 'text/html'), 'autoindex'],
  ['uploads', answer('<pre><A HREF="/">[To Parent Directory]</A><br>', 'text/html'), 'iis-listing'],
  ['sharepoint-service', answer('vti_encoding:SR|utf8-nl\nvti_extenderversion:SR|15.0.0.4569\n'), 'frontpage-settings'],
  ['jenkins', answer('', 'text/html', 403, ['X-Jenkins', '2.426']), 'jenkins'],
];

describe('a proof of content', () => {
  it.each(samples.map(([id, given, proof]) => [id, given.text.slice(0, 30), given, proof] as const))(
    '%s: %s',
    (id, _beginning, given, proof) => {
      expect(proofOf(id, given)?.name ?? '').toBe(proof);
    },
  );

  it('of settings keeps the names and no value', () => {
    const proof = proofOf('dot-env', answer('APP_KEY=base64:c2VjcmV0\nexport DB_PASSWORD="hunter2"\n#X=1\n'));
    expect(proof).toEqual({ name: 'environment-settings', keys: ['APP_KEY', 'DB_PASSWORD'] });
  });

  it('of a password file, a dump or a source keeps nothing', () => {
    for (const [id, given] of samples.filter(([id]) => ['htpasswd', 'wp-config-bak', 'web-config'].includes(id)))
      expect(Object.keys(proofOf(id, given) ?? {})).toEqual(['name']);
  });

  it.each([200, 301, 401, 403, 404, 500])('is given by no ordinary page, with status %i', (status) => {
    const words = exposures().map(({ path }) => `<p>Không tìm thấy ${path}: git, .env, backup, phpinfo, tomcat</p>`);
    const page = answer(`<!doctype html><title>Cổng thông tin</title>${words.join('\n')}`, 'text/html', status);
    for (const exposure of exposures()) expect([exposure.id, prove(exposure, page)]).toEqual([exposure.id, undefined]);
  });

  it('is not the status alone: an index of actuator that links to health only, a challenge of another realm', () => {
    const health = '{"_links":{"self":{"href":"x"},"health":{"href":"x/health"},"info":{"href":"x/info"}}}';
    expect(proofOf('actuator', answer(health, 'application/json'))).toBeUndefined();
    const realm = answer('', 'text/html', 401, ['WWW-Authenticate', 'Basic realm="Restricted"']);
    expect(proofOf('tomcat-manager', realm)).toBeUndefined();
    expect(proofOf('backup-zip', answer(hex('504b0304'), 'application/zip', 404))).toBeUndefined();
    expect(proofOf('backup-zip', answer(Buffer.from('504b0304', 'hex'), 'application/zip'))).toBeUndefined();
  });

  it('is found or not over any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.constantFrom(200, 206, 401, 404), (bytes, status) => {
        for (const exposure of exposures()) {
          const proof = prove(exposure, answer(Buffer.from(bytes), 'text/html', status));
          expect(proof?.name ?? '').toMatch(/^[a-z0-9-]*$/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes no time over hostile text', () => {
    for (const piece of ['<title>', 'a', '"openapi" ', '<a href=', '\n', 'APP_', '"env":{"href', 'Server ', '$x = ']) {
      const given = answer(piece.repeat(65_536 / piece.length), 'text/html');
      const proveAll = () => {
        for (const exposure of exposures()) prove(exposure, given);
      };
      expect(cpuMs(proveAll)).toBeLessThan(1500);
    }
  });
});

describe('the list of paths', () => {
  it('names each path once, and serves every group', () => {
    const all = exposures();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ path, on }) => `${path} ${String(on)}`)).size).toBe(all.length);
    expect(new Set(all.map(({ group }) => group))).toEqual(new Set(pathGroups));
    for (const group of pathGroups)
      expect([group, all.some((one) => one.group === group && one.core === true)]).toEqual([group, true]);
  });

  it('asks nothing but paths: no parameters, no login, nothing that could change anything', () => {
    for (const { path } of exposures()) expect(path).not.toMatch(/[?#;]|\.\.|delete|logout|shutdown|heapdump|\/env$/i);
  });

  it('has proofs of substance, with patterns that cannot backtrack', () => {
    for (const { id, proofs } of exposures()) {
      for (const { text, bytes, start, header, excerpt, status } of proofs) {
        expect([id, text ?? bytes ?? start ?? header]).not.toEqual([id, undefined]);
        if (status?.some((one) => one >= 300) === true) expect([id, text ?? header]).not.toEqual([id, undefined]);
        const patterns = [...(text ?? []), start, header?.pattern, excerpt].filter((one) => one !== undefined);
        for (const pattern of patterns) {
          // Several bounded repetitions are fine: their bounds multiply to little, as the test of hostile text shows.
          expect([id, pattern, [undefined, 'tooMany'].includes(patternFault(pattern))]).toEqual([id, pattern, true]);
          expect([id, withoutSets(pattern)]).toEqual([id, expect.not.stringMatching(/[*+]|,\}/)]);
        }
      }
    }
  });
});

/** A pattern without its sets and escapes, so that what repeats without end stands out. */
const withoutSets = (pattern: string) => pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
