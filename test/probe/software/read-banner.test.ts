import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softwareFacts, softwareSources, type SoftwareSource } from '../../../src/model/facts/software.ts';
import { readBanner } from '../../../src/probe/software/read-banner.ts';
import { banners } from './banners.ts';
import { cpuMs } from '../../setup/cpu.ts';

/** `product version (os release) [package]`, as the table writes it. */
const read = (source: SoftwareSource, text: string) =>
  readBanner(source, text, 80).map((item) =>
    [
      item.product,
      item.version,
      item.os === undefined ? undefined : `(${[item.os, item.osVersion].filter(Boolean).join(' ')})`,
      item.package === undefined ? undefined : `[${item.package}]`,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  );

describe.each(Object.entries(Object.groupBy(banners, ({ source }) => source)))('%s', (_, rows) => {
  it.each(rows.map(({ source, text, expected }) => [text, source, expected] as const))(
    'reads %j',
    (text, source, expected) => {
      expect(read(source, text)).toEqual(expected);
    },
  );
});

describe('every source', () => {
  it('has examples', () => {
    const told = new Set(banners.map(({ source }) => source));
    expect(softwareSources.filter((source) => !told.has(source))).toEqual([]);
  });

  it('keeps source, port and the words as seen', () => {
    expect(readBanner('ssh.banner', 'SSH-2.0-OpenSSH_9.2p1 Debian-2', 2200)).toEqual([
      {
        product: 'openssh',
        vendor: 'openbsd',
        version: '9.2p1',
        os: 'debian',
        package: '9.2p1-2',
        source: 'ssh.banner',
        port: 2200,
        text: 'SSH-2.0-OpenSSH_9.2p1 Debian-2',
      },
    ]);
  });

  const valid = new Ajv2020().compile(softwareFacts);
  const bytes = fc.uint8Array({ maxLength: 3000 }).map((array) => Buffer.from(array).toString('latin1'));
  const words = fc.constantFrom(...banners.map(({ text }) => text));
  // Real banners with something hostile spliced in reach deeper than noise.
  const spliced = fc
    .tuple(words, bytes, fc.nat(60), fc.string({ maxLength: 2000 }))
    .map(([text, noise, at, tail]) => text.slice(0, at) + noise.slice(0, 200) + text.slice(at) + tail);

  it('stays within the schema for any bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...softwareSources),
        fc.oneof(bytes, spliced, fc.string({ unit: 'binary' })),
        (source, text) => {
          const items = readBanner(source, text, 443);
          expect(valid({ items })).toBe(true);
          for (const { product } of items) expect(product).toMatch(/^[!#$%&'*+.^_`|~0-9a-z-]+$/);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('reads the longest hostile text in a moment', () => {
    const shapes = [
      'a',
      '(',
      'a/1 ',
      '((a',
      ' ',
      'SSH-2.0-',
      '-a_',
      '* OK ',
      '1.',
      '0a\0',
      'Liferay-Portal: Liferay (',
    ];
    // Time of this process, so that a busy machine does not speak for a slow pattern.
    const readAll = () => {
      for (const source of softwareSources) {
        for (const shape of shapes) readBanner(source, shape.repeat(50_000), 1);
      }
    };
    expect(cpuMs(readAll)).toBeLessThan(1500);
  });
});
