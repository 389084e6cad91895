import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRasoat } from '../e2e/cli.ts';
import { startInbox, type Inbox } from '../servers/postfix-inbox.ts';
import { notify, outcomes, secretFile, settingsFile } from './command.ts';
import { addRun, dayName, outMaker, type MadeOut, type Sees } from './province.ts';

const host = '127.72.1.1';
let inbox: Inbox;
let maker: Awaited<ReturnType<typeof outMaker>>;
let made: MadeOut;
beforeAll(async () => {
  [inbox, maker] = await Promise.all([startInbox(host), outMaker(failing)]);
});
afterAll(async () => {
  maker.end();
  await inbox.stop();
});
beforeEach(async () => {
  made = await maker.make();
  inbox.empty();
});
afterEach(() => made.remove());

const failing: Sees = {
  'benh-an': { 'tls-old': 'F', headers: 'F', banner: 'F' },
  'hoc-ba': { 'tls-old': 'F' },
  'trang-xa': { 'tls-old': 'F' },
  'co-yeu': { 'tls-old': 'F' },
};
const tuesday = dayName(1);
const clear = { smtp: { host, port: 25, tls: 'none', from: 'ra-soat@lab.test' } };

function secure(more: object = {}): string {
  secretFile(made.out, 'mat-khau', inbox.password);
  const common = { host, from: 'ra-soat@lab.test', replyTo: 'dau-moi@lab.test', ca: inbox.ca, user: 'ra-soat' };
  return settingsFile(made.out, 'rasoat-notify.yaml', {
    smtp: { ...common, port: 587, tls: 'starttls', password: { file: 'mat-khau' }, ...more },
  });
}

const go = (args: readonly string[], settings?: string) =>
  outcomes(made.out, [...args, ...(settings === undefined ? [] : ['--settings', settings])]);

describe('mail through a real Postfix', () => {
  it('goes by STARTTLS with a login, one letter to each owner with its own systems, and once', async () => {
    secure();
    const { code, of } = await go(['--on', tuesday]);
    // The commune has no address.
    expect(code).toBe(1);
    expect(of.map(({ organisation, outcome }) => `${organisation} ${outcome}`)).toEqual([
      'so-y-te sent',
      'so-giao-duc sent',
      'vien-thong sent',
      'xa no-recipient',
    ]);
    expect(of[0]?.answer).toMatch(/^250 2\.0\.0 Ok: queued as /);
    const mails = await inbox.mails(3);
    const mail = mails.find(({ headers }) => headers['to'] === 'y-te@lab.test');
    expect(mail?.headers).toMatchObject({
      subject: '[Rà Soát] 2 mới – 06/01/2026',
      from: 'Rà Soát <ra-soat@lab.test>',
      'reply-to': 'dau-moi@lab.test',
      'message-id': of[0]?.id,
      'auto-submitted': 'auto-generated',
    });
    expect(mail?.headers['received']).toContain('ESMTPSA');
    expect(mail?.parts.map(({ type, charset }) => `${type} ${charset}`)).toEqual([
      'text/plain utf-8',
      'text/html utf-8',
    ]);
    for (const { text } of mail?.parts ?? []) {
      for (const words of [
        'LƯU HÀNH NỘI BỘ',
        'Kính gửi: Sở Y tế',
        'Bệnh án điện tử',
        'Tắt giao thức mã hóa cũ',
        'https://benh-an.example/x',
        'hạn 19/01/2026',
        'Quy ước của công cụ',
        'dau-moi@lab.test',
      ])
        expect(text).toContain(words);
      for (const secret of ['bi-mat', 'BYTES', 'hoc-ba', 'Học bạ', 'xa.example', 'co-yeu', 'tuyệt mật', inbox.password])
        expect(text).not.toContain(secret);
    }
    // Nothing more that day, whatever happens: not by another command, nor by a new run.
    await addRun(made.store, 2, { ...failing, 'benh-an': { 'tls-old': 'F', headers: 'F', 'cert-soon': 'F' } });
    const again = await go(['--on', tuesday]);
    expect(again.of.map(({ outcome }) => outcome)).toEqual(['no-recipient']);
    expect((await inbox.mails(3)).length).toBe(3);
  });

  it('goes by TLS from the first byte, and brings good news and bad', async () => {
    secure({ port: 465, tls: 'implicit' });
    await go(['--on', tuesday, '--owner', 'so-y-te']);
    await addRun(made.store, 2, { ...failing, 'benh-an': { 'tls-old': 'P', headers: 'F', 'cert-soon': 'F' } });
    await addRun(made.store, 3, { ...failing, 'benh-an': { 'tls-old': 'P', headers: 'F', 'cert-soon': 'F' } });
    const { code, of } = await go(['--on', dayName(3), '--owner', 'so-y-te']);
    expect(code).toBe(0);
    expect(of.map(({ subject }) => subject)).toEqual(['[Rà Soát] 1 đã khắc phục, 1 mới – 08/01/2026']);
    const mails = await inbox.mails(2);
    expect(new Set(mails.map(({ headers }) => headers['message-id'])).size).toBe(2);
    expect(mails.some(({ parts }) => parts[0]?.text.includes('ĐÃ XÁC NHẬN KHẮC PHỤC (1)'))).toBe(true);
    expect((await go(['--on', dayName(4), '--owner', 'so-y-te'])).of).toEqual([]);
    // And it does not go back in time.
    expect((await go(['--on', tuesday, '--owner', 'so-y-te'])).of.map(({ outcome }) => outcome)).toEqual(['later']);
  });

  it('refuses an authority that is not ours, and tries again when it is', async () => {
    secure({ ca: inbox.otherCa });
    const { code, of } = await go(['--on', tuesday, '--owner', 'so-y-te']);
    expect([code, of[0]?.outcome]).toEqual([1, 'failed']);
    expect(of[0]?.reason).toContain('certificate');
    expect(await made.store.notices.list()).toMatchObject([{ state: 'failed', attempts: 1, reason: of[0]?.reason }]);
    secure();
    expect((await go(['--on', tuesday, '--owner', 'so-y-te'])).of).toMatchObject([{ outcome: 'sent' }]);
    expect(await made.store.notices.list()).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect((await inbox.mails(1)).length).toBe(1);
  });

  it.each([
    ['a name that the certificate is not for', { serverName: 'mail.other.test' }, /altnames/],
    ['a server without STARTTLS', { port: 2525 }, /ETLS/],
    ['a wrong password', { password: { env: 'WRONG' } }, /^EAUTH: 535/],
  ])('%s: nothing goes, and why is kept', async (_name, more, reason) => {
    const file = secure(more);
    const { of } = await outcomes(made.out, ['--on', tuesday, '--settings', file], { WRONG: 'hunter2' });
    const tried = of.filter(({ outcome }) => outcome === 'failed');
    expect(tried.length).toBe(3);
    for (const one of tried) expect(one.reason).toMatch(reason);
    expect(JSON.stringify(of)).not.toContain('hunter2');
    expect(await made.store.notices.told('so-y-te', 'mail')).toEqual([]);
  });

  it('keeps what a server that is down did not take, and tells it all the next day', async () => {
    const down = settingsFile(made.out, 'down.yaml', { smtp: { ...clear.smtp, port: 26 } });
    const { code, of } = await go(['--on', tuesday], down);
    expect(code).toBe(1);
    expect(of[0]).toMatchObject({ outcome: 'failed' });
    expect(of[0]?.reason).toContain('ECONNREFUSED');
    const up = settingsFile(made.out, 'up.yaml', clear);
    const next = await go(['--on', dayName(2), '--owner', 'so-y-te'], up);
    expect(next.of).toMatchObject([{ outcome: 'sent', subject: '[Rà Soát] 2 mới – 07/01/2026' }]);
    // Taken is not yet delivered, and what comes late would lie in the next test's inbox.
    await inbox.mails(1);
  });

  it('says whom the server refused of several', async () => {
    const organisations = { 'so-y-te': { recipients: ['refused@lab.test', 'cntt@lab.test'], language: 'en' } };
    const file = settingsFile(made.out, 's.yaml', { ...clear, organisations });
    const { code, of } = await go(['--on', tuesday, '--owner', 'so-y-te'], file);
    expect(code).toBe(1);
    expect(of).toMatchObject([{ outcome: 'sent', subject: '[Rà Soát] 2 new – 06/01/2026' }]);
    expect(of[0]?.reason).toContain('refused@lab.test');
    const [mail] = await inbox.mails(1);
    expect(mail?.headers['delivered-to']).toBe('cntt@lab.test');
    expect(mail?.parts[0]?.text).toContain('To: Health department');
  });

  it('does not double when two go at once', async () => {
    const file = settingsFile(made.out, 's.yaml', clear);
    const both = await Promise.all([1, 2].map(() => notify(made.out, ['--on', tuesday, '--settings', file])));
    expect(both.map(({ code }) => code).sort()).toEqual([1, 2]);
    expect(both.find(({ code }) => code === 2)?.err).toContain('another rasoat notify');
    expect((await inbox.mails(3)).length).toBe(3);
  });

  it('a rehearsal prints every letter, opens no connection, reads no secret and writes nothing', async () => {
    let heard = 0;
    const ear = createServer(() => (heard += 1)).listen(0, '127.72.1.3');
    await once(ear, 'listening');
    const { port } = ear.address() as AddressInfo;
    const smtp = {
      host: '127.72.1.3',
      port,
      tls: 'starttls',
      from: 'a@lab.test',
      user: 'x',
      password: { file: 'nowhere' },
    };
    const file = settingsFile(made.out, 's.yaml', { smtp });
    const before = dump(made.out);
    const args = ['--on', tuesday, '--settings', file, '--dry-run'];
    const { code, of } = await outcomes(made.out, args);
    expect(code).toBe(0);
    expect(of.map(({ organisation }) => organisation)).toEqual(['so-y-te', 'so-giao-duc', 'vien-thong', 'xa']);
    expect(of[0]).toMatchObject({ to: ['y-te@lab.test'], subject: '[Rà Soát] 2 mới – 06/01/2026' });
    const printed = await notify(made.out, args);
    expect(printed.out).toContain('Kính gửi: Sở Y tế');
    expect(printed.out).toContain('Nothing was sent.');
    // Without any settings too.
    expect((await notify(made.out, ['--on', tuesday, '--dry-run'])).out).toContain('y-te@lab.test');
    expect(dump(made.out)).toEqual(before);
    ear.close();
    expect(heard).toBe(0);
  });

  it('says what is wrong with what was asked', async () => {
    const bad = settingsFile(made.out, 'bad.yaml', { smtp: { ...clear.smtp, host: '192.0.2.1' } });
    for (const [args, words] of [
      [[], 'rasoat-notify.yaml'],
      [['--settings', 'nowhere.yaml'], 'nowhere.yaml'],
      [['--settings', bad], 'bad.yaml:1:'],
      [['--settings', settingsFile(made.out, 'none.yaml', {})], 'neither smtp nor webhook'],
      [['--settings', settingsFile(made.out, 'ok.yaml', clear), '--owner', 'ai-do'], 'ai-do'],
      [['--on', '2026-02-30'], '2026-02-30'],
    ] as const) {
      const { code, err } = await notify(made.out, args);
      expect([code, err.includes(words)], err).toEqual([2, true]);
    }
    expect(await made.store.notices.list()).toEqual([]);
  });
});

/** Everything in the store but what SQLite keeps for itself. */
function dump(out: string): string {
  const db = new DatabaseSync(join(out, 'rasoat.sqlite'), { readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return JSON.stringify(tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${String(name)}"`).all()]));
  } finally {
    db.close();
  }
}

describe('a notifier that is killed', () => {
  const sockets = new Set<Socket>();
  /** Stands before Postfix; `seen` hears what each side said and may keep it back by saying so. */
  async function between(
    seen: (from: 'client' | 'server', text: string) => 'pass' | 'hold',
  ): Promise<{ readonly port: number; readonly close: () => void }> {
    const server = createServer((client) => {
      const postfix = connect(25, host);
      for (const socket of [client, postfix]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          client.destroy();
          postfix.end();
        });
      }
      client.on('data', (data) => {
        if (seen('client', data.toString('latin1')) === 'pass') postfix.write(data);
      });
      postfix.on('data', (data) => {
        if (seen('server', data.toString('latin1')) === 'pass') client.write(data);
      });
    }).listen(0, '127.72.1.4');
    await once(server, 'listening');
    const close = () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    };
    return { port: (server.address() as AddressInfo).port, close };
  }

  /** Starts the real command against the relay and kills it when `seen` first holds something back. */
  async function killed(hold: (from: 'client' | 'server', text: string) => boolean): Promise<void> {
    let reached = (): void => undefined;
    const point = new Promise<void>((resolve) => (reached = resolve));
    const relay = await between((from, text) => {
      if (!hold(from, text)) return 'pass';
      reached();
      return 'hold';
    });
    const smtp = { ...clear.smtp, host: '127.72.1.4', port: relay.port };
    const file = settingsFile(made.out, 'relay.yaml', { smtp });
    const { child, ended } = startRasoat([
      'notify',
      '--out',
      made.out,
      '--settings',
      file,
      '--on',
      tuesday,
      '--owner',
      'so-y-te',
    ]);
    const early = ended.then(({ code, err }) => {
      throw new Error(`ended by itself: ${code ?? ''} ${err}`);
    });
    early.catch(() => undefined);
    await Promise.race([point, early]);
    child.kill('SIGKILL');
    await ended;
    relay.close();
  }
  const retry = () => go(['--on', tuesday, '--owner', 'so-y-te'], settingsFile(made.out, 's.yaml', clear));

  it('before the message begins to go: it is sent by the next, once', async () => {
    await killed((from, text) => from === 'client' && text.includes('DATA\r\n'));
    expect(await made.store.notices.list()).toMatchObject([{ state: 'intended' }]);
    const { code, of } = await retry();
    expect([code, of[0]?.outcome]).toEqual([0, 'sent']);
    const mails = await inbox.mails(1);
    expect(mails.map(({ headers }) => headers['message-id'])).toEqual([of[0]?.id]);
    expect(await made.store.notices.list()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('a connection that breaks before the answer: as little is known, and it is said at once', async () => {
    const relay = await between((from, text) => {
      if (from !== 'server' || !text.includes('queued as')) return 'pass';
      relay.close();
      return 'hold';
    });
    const smtp = { ...clear.smtp, host: '127.72.1.4', port: relay.port };
    const broken = await go(['--on', tuesday, '--owner', 'so-y-te'], settingsFile(made.out, 'relay.yaml', { smtp }));
    expect([broken.code, broken.of[0]?.outcome]).toEqual([1, 'unknown']);
    expect((await retry()).of[0]?.outcome).toBe('unknown');
    expect((await inbox.mails(1)).length).toBe(1);
  });

  it('after the server took it and before it could say so: it is not sent again, and that is said', async () => {
    await killed((from, text) => from === 'server' && text.includes('queued as'));
    expect(await made.store.notices.list()).toMatchObject([{ state: 'handed' }]);
    const { code, of } = await retry();
    expect([code, of.length, of[0]?.outcome]).toEqual([1, 1, 'unknown']);
    const mails = await inbox.mails(1);
    expect(mails.map(({ headers }) => headers['message-id'])).toEqual([of[0]?.id]);
    // The letter of another day is another letter, and says it all.
    const next = await go(['--on', dayName(2), '--owner', 'so-y-te'], settingsFile(made.out, 's.yaml', clear));
    expect(next.of.map(({ outcome }) => outcome)).toEqual(['unknown', 'sent']);
    expect(new Set((await inbox.mails(2)).map(({ headers }) => headers['message-id'])).size).toBe(2);
  });
});
