import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, encode, type Answer, type RecordType } from 'dns-packet';
import type { Stop } from './servers.ts';

const zone = 'lai-chau.example';

/** The province's zone: two name servers among the excluded addresses, no AAAA, no CAA, a forgotten alias. */
const records: readonly Answer[] = [
  {
    name: zone,
    type: 'SOA',
    data: {
      mname: `ns1.${zone}`,
      rname: `quan-tri.${zone}`,
      serial: 2026112201,
      refresh: 3600,
      retry: 900,
      expire: 604800,
      minimum: 300,
    },
  },
  { name: zone, type: 'NS', data: `ns1.${zone}` },
  { name: zone, type: 'NS', data: `ns2.${zone}` },
  { name: zone, type: 'MX', data: { preference: 10, exchange: `mail.${zone}` } },
  { name: zone, type: 'TXT', data: 'v=spf1 mx ~all' },
  { name: `_dmarc.${zone}`, type: 'TXT', data: `v=DMARC1; p=none; rua=mailto:dmarc@${zone}` },
  { name: zone, type: 'A', data: '127.20.1.10' },
  { name: `ns1.${zone}`, type: 'A', data: '127.20.66.53' },
  { name: `ns2.${zone}`, type: 'A', data: '127.20.66.54' },
  { name: `mail.${zone}`, type: 'A', data: '127.20.4.10' },
  { name: `www.${zone}`, type: 'CNAME', data: `cong-cu.${zone}` },
];
const soa = records.slice(0, 1);

/** A resolver for the demonstration that knows one zone and refuses the rest. */
export async function startNames(address: string, port: number): Promise<Stop> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { id, questions = [] } = decode(query);
    const [asked] = questions;
    if (asked === undefined) return;
    const { rcode, answers, authorities } = answer(asked.name.toLowerCase(), asked.type);
    const flags = AUTHORITATIVE_ANSWER | rcode;
    socket.send(
      encode({ type: 'response', ...(id !== undefined && { id }), flags, questions, answers, authorities }),
      from.port,
      from.address,
    );
  });
  socket.bind(port, address);
  await once(socket, 'listening');
  return () =>
    new Promise((resolve) => {
      socket.close(() => {
        resolve();
      });
    });
}

function answer(name: string, type: RecordType): { rcode: number; answers: Answer[]; authorities: Answer[] } {
  const refused = 5;
  if (name !== zone && !name.endsWith(`.${zone}`)) return { rcode: refused, answers: [], authorities: [] };
  const own = records.filter((one) => one.name === name);
  const found = own.filter((one) => one.type === type || one.type === 'CNAME');
  const missing = own.length === 0 || found.some((one) => one.type === 'CNAME' && type !== 'CNAME');
  return { rcode: missing ? 3 : 0, answers: [...found], authorities: found.length > 0 ? [] : [...soa] };
}
