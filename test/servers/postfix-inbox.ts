import { execFile } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startServer, type RunningServer } from './process.ts';
import { caExtensions, createPki, leafExtensions } from './tls-pki.ts';

const run = promisify(execFile);

/** A mail as Python's own reader takes it apart: not by the library that made it. */
export type ReceivedMail = {
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: readonly { readonly type: string; readonly charset: string; readonly text: string }[];
  readonly raw: string;
};

/**
 * A real Postfix that takes mail for `lab.test` and delivers it to a maildir, with Dovecot's SASL behind it; any user, one
 * password. Ports: 587 STARTTLS and 465 TLS from the first byte, both only for who logs in; 25 in clear; 2525 in clear, which
 * nobody may speak to before STARTTLS that it does not offer. `refused@lab.test` is refused.
 */
export type Inbox = {
  readonly host: string;
  readonly password: string;
  /** PEM of the authority that issued its certificate, and of another that did not; as files. */
  readonly ca: string;
  readonly otherCa: string;
  /** Waits until so many mails have arrived, and gives all of them in the order they came. */
  readonly mails: (count: number) => Promise<readonly ReceivedMail[]>;
  /** Those that are there, after every mail that was taken has been delivered. */
  readonly empty: () => void;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

/** Starts it on `host`. Needs root. */
export async function startInbox(host: string): Promise<Inbox> {
  const root = mkdtempSync(join(tmpdir(), 'rasoat-inbox-'));
  chmodSync(root, 0o755);
  const [config, queue, data, mail] = ['etc', 'queue', 'data', 'mail'].map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  }) as [string, string, string, string];
  chownSync(data, await idOf('postfix'), 0);
  chownSync(mail, nobody, nobody);
  const make = createPki(join(root, 'pki'));
  const authority = make('root', { extensions: caExtensions() });
  const other = make('other', { extensions: caExtensions() });
  const leaf = make('leaf', { issuer: authority, extensions: leafExtensions(`IP:${host},DNS:mail.lab.test`) });
  const chain = join(root, 'chain.pem');
  writeFileSync(chain, `${leaf.pem}${authority.pem}`);
  await copyFile('/etc/postfix/postfix-files', join(config, 'postfix-files'));
  writeFileSync(
    join(config, 'main.cf'),
    `compatibility_level = 3.6
myhostname = mail.lab.test
mydestination =
queue_directory = ${queue}
data_directory = ${data}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${root}/mail.log
maillog_file_prefixes = ${root}
alias_maps =
smtpd_peername_lookup = no
virtual_mailbox_domains = lab.test
virtual_mailbox_base = ${mail}
virtual_mailbox_maps = static:box/
virtual_minimum_uid = 100
virtual_uid_maps = static:${nobody}
virtual_gid_maps = static:${nobody}
smtpd_tls_chain_files = ${leaf.key}, ${chain}
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_error_sleep_time = 0
smtpd_recipient_restrictions = check_recipient_access inline:{ refused@lab.test=REJECT }, reject_unauth_destination
`,
  );
  const service = (name: string, type: string, command: string) => `${name} ${type} n - n - - ${command}\n`;
  const unix = (name: string, command = name) => `${name} unix - - n - 0 ${command}\n`;
  // No comma within an option of master.cf but between restrictions, and no space.
  const loggedIn = '-o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject';
  writeFileSync(
    join(config, 'master.cf'),
    service(`${host}:587`, 'inet', `smtpd -o smtpd_tls_security_level=encrypt ${loggedIn}`) +
      service(`${host}:465`, 'inet', `smtpd -o smtpd_tls_wrappermode=yes ${loggedIn}`) +
      service(`${host}:25`, 'inet', 'smtpd') +
      service(`${host}:2525`, 'inet', 'smtpd -o smtpd_tls_security_level=none') +
      'postlog unix-dgram n - n - 1 postlogd\nanvil unix - - n - 1 anvil\ntlsmgr unix - - n 1000? 1 tlsmgr\n' +
      'qmgr unix n - n 300 1 qmgr\nvirtual unix - n n - - virtual\ncleanup unix n - n - 0 cleanup\n' +
      'rewrite unix - - n - - trivial-rewrite\nproxymap unix - - n - - proxymap\n' +
      unix('bounce') +
      unix('defer', 'bounce') +
      unix('trace', 'bounce') +
      unix('error') +
      unix('retry', 'error') +
      unix('flush'),
  );
  await run('/usr/sbin/postfix', ['-c', config, 'check']);
  const started: RunningServer[] = [];
  const stop = async () => {
    await Promise.all(started.map((one) => one.stop()));
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    started.push(await startSasl(root, join(queue, 'private', 'auth')));
    const listens = [587, 465, 25, 2525].map((port) => ({ host, port }));
    const postfix = await startServer('/usr/lib/postfix/sbin/master', ['-c', config, '-d'], listens);
    started.push(postfix);
    const box = join(mail, 'box', 'new');
    const names = () => (existsSync(box) ? readdirSync(box).sort() : []);
    return {
      ...{ host, password, ca: authority.crt, otherCa: other.crt, stop, log: () => postfix.log() },
      mails: async (count) => {
        for (let tries = 0; names().length < count; tries += 1) {
          if (tries > 600) throw new Error(`${names().length} of ${count} mails came: ${postfix.log()}`);
          await sleep(50);
        }
        return Promise.all(names().map((name) => read(join(box, name))));
      },
      empty: () => {
        for (const name of names()) rmSync(join(box, name));
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const nobody = 65_534;
const password = 'mật-khẩu-của-lab';

async function idOf(user: string): Promise<number> {
  return Number((await run('id', ['-u', user])).stdout);
}

/** Dovecot's authentication alone, at a socket of Postfix. */
async function startSasl(root: string, socket: string): Promise<RunningServer> {
  const config = join(root, 'dovecot.conf');
  writeFileSync(
    config,
    `protocols =
base_dir = ${root}/dovecot
state_dir = ${root}
log_path = ${root}/dovecot.log
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {
  driver = static
  args = password=${password}
}
service stats {
  chroot =
}
service auth {
  unix_listener ${socket} {
    mode = 0666
  }
}
`,
  );
  const dovecot = await startServer('/usr/sbin/dovecot', ['-F', '-c', config], []);
  for (let tries = 0; !existsSync(socket); tries += 1) {
    if (tries > 400) {
      await dovecot.stop();
      throw new Error(`no SASL at ${socket}`);
    }
    await sleep(25);
  }
  return dovecot;
}

const reader = `
import sys, json, email, email.policy
raw = open(sys.argv[1], 'rb').read()
m = email.message_from_bytes(raw, policy=email.policy.default)
parts = [p for p in m.walk() if not p.is_multipart()]
print(json.dumps({
  'headers': {k.lower(): str(v) for k, v in m.items()},
  'parts': [{'type': p.get_content_type(), 'charset': p.get_content_charset() or '', 'text': p.get_content()} for p in parts],
  'raw': raw.decode('latin-1'),
}))
`;

async function read(file: string): Promise<ReceivedMail> {
  const { stdout } = await run('/usr/bin/python3.11', ['-c', reader, file], { maxBuffer: 10_000_000 });
  return JSON.parse(stdout) as ReceivedMail;
}
