import {
  decode,
  encode,
  type CaaData,
  type DecodedPacket,
  type DnskeyData,
  type DsData,
  type MxData,
  type Nsec3Data,
  type NsecData,
  type RrsigData,
  type SoaData,
  type TlsaData,
} from 'dns-packet';
import { FailureError } from '../../model/failure.ts';
import { canonicalName } from './name.ts';
import { walkRecords, type WireRecord } from './walk.ts';

/** What the data of each type is, as dns-packet reads it. */
export type RecordData = {
  A: string;
  AAAA: string;
  CNAME: string;
  DNAME: string;
  NS: string;
  PTR: string;
  CAA: CaaData;
  DNSKEY: DnskeyData;
  DS: DsData;
  MX: MxData;
  NSEC3PARAM: Buffer;
  NSEC: NsecData;
  NSEC3: Nsec3Data;
  RRSIG: RrsigData;
  SOA: SoaData;
  TLSA: TlsaData;
  TXT: readonly Buffer[];
};
export type RecordType = keyof RecordData;

/** One record: its name in lower case without the last dot (the root: `.`), and its bytes in canonical form (RFC 4034, 6.2). */
export type RecordOf<T extends string> = {
  readonly name: string;
  readonly type: T;
  readonly ttl: number;
  readonly data: T extends RecordType ? RecordData[T] : unknown;
} & Pick<WireRecord, 'owner' | 'rdata' | 'code'>;
export type DnsRecord = RecordOf<string>;

export type Question = { readonly name: string; readonly type: RecordType | 'AXFR'; readonly class?: 'IN' | 'CH' };

/** An answer to a question that was asked. */
export type DnsAnswer = {
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL`, `REFUSED` ... */
  readonly rcode: string;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionAvailable: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  readonly additionals: readonly DnsRecord[];
};

export type QueryOptions = {
  /** Ask for recursion (RD). */
  readonly recursion: boolean;
  /** Ask for signatures and do the validation ourselves (DO and CD). */
  readonly dnssec: boolean;
  /** Announce EDNS0; a server that does not know it answers FORMERR. */
  readonly edns: boolean;
};

const recursionDesired = 1 << 8;
const checkingDisabled = 1 << 4;
const dnssecOk = 1 << 15;
/** What passes any network unbroken (DNS Flag Day 2020). */
const udpSize = 1232;

/** The bytes of a question. */
export function encodeQuery(id: number, question: Question, options: QueryOptions): Buffer {
  const { recursion, dnssec, edns } = options;
  const flags = (recursion ? recursionDesired : 0) | (dnssec ? checkingDisabled : 0);
  return encode({
    type: 'query',
    id,
    flags,
    questions: [{ name: question.name, type: question.type, class: question.class ?? 'IN' }],
    ...(edns && {
      additionals: [
        {
          type: 'OPT',
          name: '.',
          udpPayloadSize: udpSize,
          extendedRcode: 0,
          ednsVersion: 0,
          flags: dnssec ? dnssecOk : 0,
          flag_do: dnssec,
          options: [],
        },
      ],
    }),
  });
}

/** Whether some bytes are the answer to that question: same id, a response, same name, type and class. */
export function answersQuestion(bytes: Buffer, id: number, question: Question): boolean {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== id || (bytes.readUInt16BE(2) & 0x8000) === 0) return false;
  const packet = tryDecode(bytes);
  // What cannot be read is let through here and told as such when it is decoded.
  if (packet === undefined) return true;
  const [asked, ...others] = packet.questions ?? [];
  // Some servers leave the question out of an error; the id and the port stand for it then.
  if (asked === undefined) return (bytes.readUInt16BE(2) & 0xf) !== 0;
  return (
    others.length === 0 &&
    canonicalName(asked.name) === canonicalName(question.name) &&
    asked.type === question.type &&
    (asked.class ?? 'IN') === (question.class ?? 'IN')
  );
}

function tryDecode(bytes: Buffer): DecodedPacket | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

/** Reads an answer. Throws FailureError `protocol` for bytes that are none. */
export function decodeAnswer(bytes: Buffer): DnsAnswer {
  const packet = tryDecode(bytes);
  const walked = walkRecords(bytes);
  if (packet === undefined || walked === undefined)
    throw new FailureError('protocol', 'a DNS answer that cannot be read');
  const { answers = [], authorities = [], additionals = [] } = packet;
  const all = [...answers, ...authorities, ...additionals];
  // The two readers must agree on where records stand, else the bytes of one would be taken for another's.
  if (all.length !== walked.length || all.some((one, at) => walked[at]?.isOpt !== (one.type === 'OPT'))) {
    throw new FailureError('protocol', 'a DNS answer that reads in two ways');
  }
  const records = all.map((one, at): DnsRecord | undefined => {
    const wire = walked[at];
    if (one.type === 'OPT' || wire === undefined) return undefined;
    const { name, type, ttl = 0, data } = one;
    return { name: canonicalName(name), type, ttl, data, owner: wire.owner, rdata: wire.rdata, code: wire.code };
  });
  const section = (from: number, count: number) => records.slice(from, from + count).filter((one) => one !== undefined);
  return {
    rcode: rcodeOf(packet, bytes),
    authoritative: packet.flag_aa,
    truncated: packet.flag_tc,
    recursionAvailable: packet.flag_ra,
    answers: section(0, answers.length),
    authorities: section(answers.length, authorities.length),
    additionals: section(answers.length + authorities.length, additionals.length),
  };
}

const rcodes = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
];

/** RFC 6891, 6.1.3: the upper eight bits stand in the OPT record. */
function rcodeOf(packet: DecodedPacket, bytes: Buffer): string {
  const opt = packet.additionals?.find((one) => one.type === 'OPT');
  const code = ((opt?.type === 'OPT' ? opt.extendedRcode : 0) << 4) | (bytes.readUInt16BE(2) & 0xf);
  return rcodes[code] ?? `RCODE_${code}`;
}

/** Records of one type, at one name where it is given. */
export function pick<T extends RecordType>(
  records: readonly DnsRecord[],
  type: T,
  name?: string,
): readonly RecordOf<T>[] {
  return records.filter((one): one is RecordOf<T> => one.type === type && (name === undefined || one.name === name));
}
