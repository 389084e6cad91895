import { startHttp, startHttps, startSshdIfHere, startTalker } from '../servers.ts';
import { goodHeaders, login, modern, page, type Bench } from './tools.ts';

/** Everything that is more than a web site: mail, SSH, databases, devices; real programs where they are installed. */
export async function startMachines(bench: Bench): Promise<void> {
  await Promise.all([startDataCentre(bench), startMail(bench), startDatabases(bench), startDevices(bench)]);
}

/** The data centre's SSH (real where installed) with an undeclared Redis; a hospital's SSH; a router with SSH 1. */
async function startDataCentre({ folder, add, runs }: Bench): Promise<void> {
  const sshd = await startSshdIfHere(folder, '127.20.6.10', 2222);
  if (sshd !== undefined) runs('sshd');
  await add(
    sshd === undefined ? startTalker('127.20.6.10', 2222, 'SSH-2.0-OpenSSH_7.4\r\n') : Promise.resolve(sshd),
    startTalker('127.20.6.10', 6379, '', "-ERR unknown command 'x'\r\n"),
    startTalker('127.20.7.30', 2222, 'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13\r\n'),
    startTalker('127.20.5.20', 2222, 'SSH-1.99-Cisco-1.25\r\n'),
  );
}

/** Mail that takes letters, and its web page under another name's certificate. */
async function startMail({ issue, add }: Bench): Promise<void> {
  const identity = await issue('may-chu-cu.example');
  await add(
    startTalker(
      '127.20.4.10',
      2525,
      '220 mail.lai-chau.example ESMTP Postfix (Debian/GNU)\r\n',
      '250 mail.lai-chau.example\r\n',
    ),
    startHttps('127.20.4.10', 9443, identity, { headers: goodHeaders, body: page('Thư công vụ') }, modern),
  );
}

/** Databases that nobody declared: MySQL of education, PostgreSQL of land, an Elasticsearch that asks for no password. */
async function startDatabases({ add }: Bench): Promise<void> {
  const mysql = Buffer.from(`\x4a\0\0\0\x0a5.5.62-0ubuntu0.14.04.1\0${'\x01'.repeat(50)}`, 'latin1');
  const search = {
    name: 'kho-01',
    cluster_name: 'kho-du-lieu',
    version: { number: '7.10.2', build_flavor: 'oss' },
    tagline: 'You Know, for Search',
  };
  await add(
    startTalker('127.20.8.10', 3306, mysql),
    // To an SSLRequest it says that it speaks no TLS.
    startTalker('127.20.16.10', 5432, '', 'N'),
    startHttp('127.20.5.30', 9200, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(search) }),
  );
}

/** A camera and a loudspeaker with Telnet, FTP or MQTT, a weather station, a reservoir's control. */
async function startDevices({ add }: Bench): Promise<void> {
  await add(
    startHttp('127.20.9.10', 8080, { headers: { Server: 'Boa/0.94.13' }, body: page('Camera', login) }),
    startTalker('127.20.9.10', 2323, Buffer.from('\xff\xfd\x18\xff\xfd\x20BusyBox v1.19.4 login: ', 'latin1')),
    startTalker('127.20.9.10', 2121, '220 (vsFTPd 2.3.4)\r\n', '530 Please login with USER and PASS.\r\n'),
    startHttp('127.20.11.50', 8080, { headers: { Server: 'lighttpd/1.4.35' }, body: page('Truyền thanh', login) }),
    startTalker('127.20.11.50', 2121, '220 (vsFTPd 2.3.4)\r\n', '530 Please login with USER and PASS.\r\n'),
    startTalker('127.20.11.50', 1883, ''),
    startHttp('127.20.16.20', 8080, { headers: { Server: 'Boa/0.94.13' }, body: page('Quan trắc môi trường') }),
    startTalker('127.20.16.20', 1883, ''),
    startTalker('127.20.16.30', 2404, ''),
  );
}
