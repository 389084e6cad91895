import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portsFacts } from '../../../src/model/facts/ports.ts';
import { curatedPorts, listedPort, listedPorts } from '../../../src/probe/ports/port-list.ts';
import { formatPortRanges, parsePortRanges } from '../../../src/probe/ports/port-ranges.ts';

describe('port ranges', () => {
  it.each([
    ['21-23,80,443', [21, 22, 23, 80, 443]],
    ['80, 80 ,79-81', [79, 80, 81]],
    ['', []],
    ['65535', [65_535]],
  ] as const)('%j stands for %j', (text, ports) => {
    expect(parsePortRanges(text)).toEqual(ports);
  });

  it.each(['0', '65536', '1-', '-1', '23-21', '1,,2', 'ssh', '1e3', '1 2', '99999999999'])('%j is refused', (text) => {
    expect(parsePortRanges(text)).toBeNull();
  });

  it('prints runs as ranges and leaves out what is no port', () => {
    expect(formatPortRanges([443, 22, 21, 23, 22, 0, 70_000, Number.NaN, 1.5])).toBe('21-23,443');
  });

  it('reads back what it prints', () => {
    const ports = fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { maxLength: 400 });
    fc.assert(
      fc.property(ports, (all) => {
        expect(parsePortRanges(formatPortRanges(all))).toEqual(all.toSorted((a, b) => a - b));
      }),
    );
  });

  it('is total', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-0-9, ]*$/)), (text) => {
        const ports = parsePortRanges(text);
        if (ports !== null) expect(parsePortRanges(formatPortRanges(ports))).toEqual(ports);
      }),
    );
  });

  it('keeps the worst list within what facts may hold', () => {
    const everySecond = Array.from({ length: 32_767 }, (_, at) => at * 2 + 1);
    expect(formatPortRanges(everySecond).length).toBeLessThan(portsFacts.properties.closed.maxLength ?? 0);
  });
});

describe('the list of ports', () => {
  it('names each port once, ascending', () => {
    expect(new Set(curatedPorts).size).toBe(curatedPorts.length);
    expect(curatedPorts).toEqual(curatedPorts.toSorted((a, b) => a - b));
    expect(new Set(listedPorts.map(({ name }) => name)).size).toBe(listedPorts.length);
    expect(curatedPorts.length).toBeGreaterThan(115);
  });

  it('says nothing to printers, controllers and field buses', () => {
    for (const port of [102, 502, 2404, 9100, 20_000, 44_818, 47_808]) {
      expect(listedPort(port)?.approach).toBe('hands-off');
    }
  });
});
