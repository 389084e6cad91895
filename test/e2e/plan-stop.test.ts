import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { rasoatHere, scratch, startRasoat } from './cli.ts';
import { until } from './fleet-lab.ts';
import { sketchInventory } from './inventory.ts';

const folder = scratch();
afterAll(() => {
  folder.remove();
});

it('an agent that is stopped while a resolver is silent ends as stopped, and goes on from there', async () => {
  const ear = createSocket('udp4');
  let heard = 0;
  ear.on('message', () => (heard += 1));
  ear.bind(15_353, '127.81.6.53');
  await once(ear, 'listening');
  const web = { id: 'co-ten', endpoints: [{ kind: 'web', url: 'http://trang.lan:8080/' }] };
  const text = sketchInventory([web], {}, { networks: ['127.81.6.0/24'] });
  writeFileSync(
    folder.file('tinh.yaml'),
    text.replace('name: Internet', 'name: Internet\n    resolver: 127.81.6.53:15353'),
  );
  const [centre, may, plan] = ['centre', 'may', 'plan.rasoat'].map((name) => folder.file(name));
  for (const args of [
    ['plan', 'keygen', centre ?? ''],
    ['agent', 'keygen', may ?? ''],
    ['plan', 'export', '--inventory', folder.file('tinh.yaml'), '--zone', 'internet', '--out', folder.file('out')],
  ]) {
    const sealed = args[1] === 'export' ? ['--to', plan ?? '', '--key', centre ?? ''] : [];
    const { code, err } = await rasoatHere([...args, ...sealed]);
    expect(code, err).toBe(0);
  }
  const to = folder.file('results.rasoat');
  const keys = ['--trust', `${centre ?? ''}.pub`, '--key', may ?? '', '--spool', folder.file('spool')];
  const { child, ended } = startRasoat(['agent', 'run', plan ?? '', ...keys, '--to', to]);
  await until(() => heard > 0);
  child.kill('SIGINT');
  const { code, err } = await ended;
  ear.close();
  expect([code, err]).toEqual([130, expect.not.stringContaining('fault of the program')]);
  expect(existsSync(to)).toBe(false);
  // Nothing is asked twice: that the name had no answer is noted.
  const before = heard;
  expect((await rasoatHere(['agent', 'run', plan ?? '', ...keys, '--to', to])).code).toBe(0);
  expect(existsSync(to)).toBe(true);
  expect(heard).toBe(before);
});
