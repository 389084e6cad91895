import { randomBytes, randomInt } from 'node:crypto';
import type { OpenPort } from '../../../model/facts/ports.ts';
import type { PortDetails, VncDetails } from '../../../model/facts/port-details.ts';
import { listedPort } from '../port-list.ts';
import { converse, hear, open, type Dial } from './converse.ts';
import { mongoHello, parseMongoHello } from './mongo.ts';
import { openByBanner, openWebs, readOpenWeb } from './open-access.ts';
import { parseRdp, rdpLayers, rdpRequest } from './rdp.ts';
import { parseSmb1, parseSmb2, smb1Negotiate, smb2Negotiate } from './smb.ts';
import { parseSshKexInit } from './ssh.ts';
import { parseVnc, vncAnswer } from './vnc.ts';

const smbPort = 445;

/**
 * Asks an open port by its own handshake what an open port alone does not tell, where it is a service that has one: at
 * most two connections, each a client's usual first words. Undefined when there is nothing to ask or nothing was told.
 */
export async function confirmPort(seen: OpenPort, dial: Dial): Promise<PortDetails | undefined> {
  const { service, banner = '' } = seen;
  const byBanner = openByBanner(service, banner);
  if (byBanner !== undefined) return byBanner;
  if (service === 'ssh') return askSsh(dial);
  if (service === 'ms-wbt-server') return askRdp(dial);
  if (service === 'vnc') return askVnc(dial);
  if (service === 'mongodb' || listedPort(seen.port)?.name === 'mongodb') return askMongo(dial);
  if (seen.port === smbPort) return askSmb(dial);
  return askWeb(seen, dial);
}

/** Names no product: what it is is said to an engineer who reads the log, what runs there is not pretended. */
const sshGreeting = Buffer.from('SSH-2.0-RaSoat\r\n', 'latin1');

async function askSsh(dial: Dial): Promise<PortDetails | undefined> {
  const ssh = await converse(dial, sshGreeting, parseSshKexInit);
  return ssh === undefined ? undefined : { ssh };
}

async function askSmb(dial: Dial): Promise<PortDetails | undefined> {
  const older = await converse(dial, smb1Negotiate(), parseSmb1);
  const newer = await converse(dial, smb2Negotiate(randomBytes(32)), parseSmb2);
  return older === undefined && newer === undefined ? undefined : { smb: { ...older, ...newer } };
}

async function askRdp(dial: Dial): Promise<PortDetails | undefined> {
  const accepts = (layer: number) => converse(dial, rdpRequest(layer), (bytes) => parseRdp(bytes, layer));
  const standard = await accepts(rdpLayers.standard);
  const tls = await accepts(rdpLayers.tls);
  if (standard === undefined && tls === undefined) return undefined;
  return { rdp: { ...(standard === undefined ? {} : { standard }), ...(tls === undefined ? {} : { tls }) } };
}

async function askVnc(dial: Dial): Promise<PortDetails | undefined> {
  const socket = await open(dial);
  if (socket === undefined) return undefined;
  try {
    const greeting = await hear(socket, dial.signal, (bytes) => (bytes.length < 12 ? 'more' : bytes.subarray(0, 12)));
    const words = greeting === undefined ? undefined : vncAnswer(greeting.toString('latin1'));
    if (greeting === undefined || words === undefined) return undefined;
    socket.write(words);
    const vnc = await hear<VncDetails>(socket, dial.signal, (bytes) => parseVnc(Buffer.concat([greeting, bytes])));
    return vnc === undefined ? undefined : { vnc };
  } finally {
    socket.destroy();
  }
}

async function askMongo(dial: Dial): Promise<PortDetails | undefined> {
  const id = randomInt(1, 0x7fff_ffff);
  const answer = await converse(dial, mongoHello(id), (bytes) => parseMongoHello(bytes, id));
  if (answer === undefined) return undefined;
  return answer === 'login-asked' ? { openAccess: false, openAccessAsked: 'hello' } : { mongo: answer };
}

async function askWeb({ port, service, tls, banner = '' }: OpenPort, dial: Dial): Promise<PortDetails | undefined> {
  const told = [service, listedPort(port)?.name];
  const web = openWebs.find(({ services }) => services.some((one) => told.includes(one)));
  if (web === undefined || !banner.startsWith('HTTP/')) return undefined;
  const host = dial.address.includes(':') ? `[${dial.address}]` : dial.address;
  const request = `GET ${web.path} HTTP/1.0\r\nHost: ${host}\r\nUser-Agent: ${dial.wire.userAgent}\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
  // The whole answer is wanted; what comes before the end decides only where it proves something.
  const answer = await converse(
    dial,
    Buffer.from(request, 'latin1'),
    (bytes) => (readOpenWeb(bytes.toString('latin1'), web) === undefined ? 'more' : bytes),
    tls === true,
  );
  return answer === undefined ? undefined : readOpenWeb(answer.toString('latin1'), web);
}
