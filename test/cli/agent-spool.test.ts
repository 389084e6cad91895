import { afterAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { openOutbox } from '../../src/engine/zones/outbox.ts';
import { scratch } from '../e2e/cli.ts';

const here = scratch();
afterAll(() => {
  here.remove();
});

async function spool(folder: string, ...more: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await runProgram(['agent', 'spool', '--spool', folder, ...more], {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text) },
    env: { RASOAT_LANG: 'en', NO_COLOR: '1' },
  });
  return { code, out, err };
}

describe('rasoat agent spool', () => {
  it('tells what waits, and what the centre would not take and why', async () => {
    expect(await spool(here.file('none'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('no spool') as string,
    });
    const folder = here.file('spool');
    const outbox = openOutbox(folder, () => {
      throw new Error('busy');
    });
    const lease = { run: 'r1', lane: '10.9.0.1', job: 'j', attempt: 0 };
    const result = { target: '10.9.0.1:443', observations: [], costs: [], resolverCosts: [] };
    outbox.add({ session: 's', lease, results: [result] });
    outbox.add({ session: 's', run: 'r1', told: { costs: [], resolverCosts: [] } });
    expect((await spool(folder)).err).toContain('The agent is at this spool');
    outbox.close();
    expect(await spool(folder)).toMatchObject({ code: 0, out: '2 entries wait to be sent; the centre refused 0.\n' });

    const again = openOutbox(folder, () => {
      throw new Error('busy');
    });
    again.refused(1, 'looked at by \u001b[31mtls');
    again.close();
    const { code, out } = await spool(folder);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('Entry 1, run r1, address 10.9.0.1, 1 target: looked at by'),
    ]);
    expect(out).not.toContain('\u001b');
    const told = await spool(folder, '--json');
    expect(JSON.parse(told.out)).toMatchObject({
      waiting: 1,
      refused: [{ seq: 1, run: 'r1', lane: '10.9.0.1', targets: ['10.9.0.1:443'] }],
    });
  });
});
