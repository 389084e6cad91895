import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failure.ts';
import { createNmapReader } from '../../../src/probe/wire/nmap-xml.ts';

const document = (
  ports: string,
  end = '<runstats><finished time="1" exit="success"/></runstats></nmaprun>',
  host = '',
) =>
  `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE nmaprun><nmaprun scanner="nmap" version="7.93">
<host${host}><address addr="127.0.0.1" addrtype="ipv4"/><ports>${ports}</ports></host>${end}`;
const port = (id: number | string, state: string, inside = '', protocol = 'tcp') =>
  `<port protocol="${protocol}" portid="${id}"><state ${state}/>${inside}</port>`;
const open = 'state="open" reason="syn-ack"';

function read(...chunks: readonly string[]) {
  const reader = createNmapReader();
  for (const chunk of chunks) reader.write(chunk);
  return reader.end();
}
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof FailureError ? error.failure.code : error;
  }
};

describe('the reader of nmap XML', () => {
  it('tells listed ports by state and reason', () => {
    const { ports, version } = read(
      document(
        port(22, open) +
          port(23, 'state="closed" reason="conn-refused"') +
          port(24, 'state="filtered" reason="no-response"') +
          port(25, 'state="filtered" reason="host-unreach"') +
          port(26, 'state="filtered" reason="admin-prohibited"') +
          port(27, 'state="open|filtered" reason="no-response"') +
          port(53, open, '', 'udp'),
      ),
    );
    expect(version).toBe('7.93');
    expect([...ports].map(([id, { state }]) => [id, state])).toEqual([
      [22, 'open'],
      [23, 'closed'],
      [24, 'silent'],
      [25, 'unreachable'],
      [26, 'unreachable'],
      [27, 'unclear'],
    ]);
  });

  it('tells ports that nmap folds together', () => {
    const extra =
      '<extraports state="closed" count="3"><extrareasons reason="conn-refused" count="3" proto="tcp" ports="1-2,4"/></extraports>' +
      '<extraports state="filtered" count="1"><extrareasons reason="no-response" count="1" proto="tcp" ports="3"/></extraports>';
    const { ports } = read(document(extra + port(22, open)));
    expect([1, 2, 3, 4, 22].map((id) => ports.get(id)?.state)).toEqual([
      'closed',
      'closed',
      'silent',
      'closed',
      'open',
    ]);
  });

  it('believes a service that was probed and not one looked up in a table', () => {
    const probed =
      '<service name="http" product="nginx" version="1.2" extrainfo="x" tunnel="ssl" method="probed" conf="10"/>';
    const { ports } = read(document(port(443, open, probed) + port(22, open, '<service name="ssh" method="table"/>')));
    expect(ports.get(443)?.service).toEqual({ name: 'http', product: 'nginx', version: '1.2', extra: 'x', tls: true });
    expect(ports.get(22)).toEqual({ state: 'open' });
  });

  it('keeps hostile service words as cut text', () => {
    const words = `&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#27;[2J&#1;=cmd()${'A'.repeat(5000)}`;
    const { ports } = read(
      document(port(80, open, `<service name="${words}" product="${words}" version="${words}" method="probed"/>`)),
    );
    const service = ports.get(80)?.service;
    expect(service?.product).toMatch(/^<script>alert\(1\)<\/script>"\u001b\[2J\u0001=cmd\(\)A/);
    expect([service?.name.length, service?.product?.length, service?.version?.length]).toEqual([64, 256, 128]);
  });

  it('does not expand entities of a document type', () => {
    const bomb = '<?xml version="1.0"?><!DOCTYPE nmaprun [<!ENTITY a "aaaaaaaa">]><nmaprun version="&a;">';
    expect(codeOf(() => read(bomb))).toBe('protocol');
  });

  it.each([
    ['nothing', '', 'protocol'],
    ['cut off in a port', document(port(22, open)).slice(0, 200), 'protocol'],
    ['cut off before the end', document(port(22, open), ''), 'protocol'],
    [
      'without its closing tag',
      document(port(22, open), '<runstats><finished exit="success"/></runstats>'),
      'protocol',
    ],
    [
      'of a scan that failed',
      document('', '<runstats><finished exit="error" errormsg="x"/></runstats></nmaprun>'),
      'protocol',
    ],
    ['of no scan at all', '<html></html>', 'protocol'],
    ['with a port out of range', document(port(70_000, open)), 'protocol'],
    ['with a port that is no number', document(port('22x', open)), 'protocol'],
    ['of two hosts', document('</ports></host><host><ports>'), 'protocol'],
    ['of a host given up', document('', undefined, ' timedout="true"'), 'timeout'],
    ['without end', document('<a/>'.repeat(400_001)), 'too-large'],
  ])('gives no scan for a document %s', (_name, text, code) => {
    expect(codeOf(() => read(text))).toBe(code);
  });

  it('reads the same however the text is cut', () => {
    const whole = document(
      port(22, open, '<service name="ssh" product="Ứng dụng &amp; co" method="probed"/>') +
        port(23, 'state="closed" reason="reset"'),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
        expect(read(...at.slice(1).map((to, index) => whole.slice(at[index], to)))).toEqual(read(whole));
      }),
    );
  });

  it('gives a bounded scan or a FailureError for any bytes', () => {
    const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('utf8'));
    const whole = document(port(22, open, '<service name="ssh" product="x" version="1" method="probed"/>'));
    const spliced = fc
      .tuple(noise, fc.nat(whole.length), fc.nat(30))
      .map(([text, at, drop]) => whole.slice(0, at) + text.slice(0, 30) + whole.slice(at + drop));
    fc.assert(
      fc.property(fc.oneof(noise, spliced, fc.string({ unit: 'binary' })), (text) => {
        try {
          for (const [id, { service }] of read(text).ports) {
            expect(id >= 1 && id <= 65_535).toBe(true);
            expect((service?.product ?? '').length).toBeLessThanOrEqual(256);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FailureError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
