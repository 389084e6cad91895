#!/usr/bin/env node
// Kiểm tra một gói chứng cứ của Rà Soát. Verifies one evidence pack of Rà Soát.
// Node >= 18, no package, no network. Không cần gói nào khác, không dùng mạng.
//   node verify-evidence.mjs [FOLDER] [--key KEY.pub] [--timestamp-ca CA.pem] [--whole manifest.json] [--json]
// Mã thoát, exit code: 0 nguyên vẹn, whole · 1 đã bị sửa, altered · 2 đầu vào sai, bad input
import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const digest = (name, ...parts) => parts.reduce((hash, part) => hash.update(part), createHash(name)).digest();
const sha256 = (...parts) => digest('sha256', ...parts).toString('hex');
const [linesFile, sumsFile, zeros] = ['records.jsonl', 'SHA256SUMS', '0'.repeat(64)];
const longestLine = 64 * 1024 * 1024;

/** JSON in one form only (RFC 8785): keys sorted by UTF-16 code units, no space, ECMAScript's numbers and escapes. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** Dây chuyền. Each line states its number, the hash of the line before, and the SHA-256 of its own canonical rest. */
export function readRecord(raw, n, prev) {
  try {
    const record = JSON.parse(raw.toString('utf8'));
    const { hash, ...rest } = record;
    if (!Buffer.from(canonical(record)).equals(raw) || sha256(canonical(rest)) !== hash) return 'record-altered';
    return record.n === n && record.prev === prev ? record : 'record-moved';
  } catch {
    return 'record-altered';
  }
}

/** Cây băm (RFC 6962, 2.1). A leaf is salted, so nobody can guess a record from a hash that stands for it. */
const leafOf = ({ body, kind, salt }) => digest('sha256', '\0', canonical({ body, kind, salt }));
/** The root of a tree of `size` leaves: our own by position, hashes of others' subtrees for the rest, left to right. */
export function rootOf(size, own, others) {
  let [nextOwn, nextOther] = [0, 0];
  const fold = (from, to) => {
    if (nextOwn >= own.length || own[nextOwn].leaf >= to) return Buffer.from(others[nextOther++], 'hex');
    if (to - from === 1) return own[nextOwn++].hash;
    let half = 1;
    while (half * 2 < to - from) half *= 2;
    return digest('sha256', '\x01', fold(from, from + half), fold(from + half, to));
  };
  const root = fold(0, size).toString('hex');
  return nextOwn === own.length && nextOther === others.length ? root : undefined;
}

/** Lines without their line feed; the last one says whether it had one. */
async function* linesOf(chunks, hash) {
  let rest = [];
  let size = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield { raw: Buffer.concat([...rest, chunk.subarray(from, at)]), whole: true };
      [rest, size, from] = [[], 0, at + 1];
    }
    rest.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > longestLine) [rest, size] = [[Buffer.from('!')], 1]; // no line of ours: kept short, and altered
  }
  const raw = Buffer.concat(rest);
  if (raw.length > 0) yield { raw, whole: false };
}

async function checkLines(chunks) {
  const hash = createHash('sha256');
  const own = [];
  let [n, head, narrowed, fault] = [0, zeros, 0, undefined];
  for await (const { raw, whole } of linesOf(chunks, hash)) {
    n += 1;
    if (fault !== undefined) continue;
    const record = whole ? readRecord(raw, n, head) : 'record-altered';
    if (typeof record === 'string') fault = { fault: record, n };
    else if (Number.isInteger(record.leaf)) own.push({ leaf: record.leaf, hash: leafOf(record) });
    else narrowed += 1;
    head = record.hash;
  }
  return { count: n, head, own, narrowed, fault, sha256: hash.digest('hex') };
}

/** One DER element (X.690) and the elements within one. */
function element(bytes, at = 0) {
  let [length, start] = [bytes[at + 1], at + 2];
  if (length > 0x80) [length, start] = [bytes.readUIntBE(start, length - 0x80), start + length - 0x80];
  if (!(start + length <= bytes.length)) throw new Error('DER');
  return { tag: bytes[at], body: bytes.subarray(start, start + length), raw: bytes.subarray(at, start + length) };
}
function within({ body }) {
  const all = [];
  for (let at = 0; at < body.length; at += all.at(-1).raw.length) all.push(element(body, at));
  return all;
}
const oid = { info: '2a864886f70d0109100104', type: '2a864886f70d010903', digest: '2a864886f70d010904' };
const ess = { '2a864886f70d010910022f': 'sha256', '2a864886f70d010910020c': 'sha1' };
const hashes = { '608648016503040201': 'sha256', '608648016503040202': 'sha384', '608648016503040203': 'sha512' };
const hex = (one) => one.body.toString('hex');
const must = (is, word) => {
  if (!is) throw new Error(word);
};

/**
 * Dấu thời gian (RFC 3161). Reads a reply over `data` and proves its signature by the certificate within; `trusted` says
 * whether that leads to one of the authorities given. Throws where it does not fit. Revocation is not asked.
 */
export function readTimestamp(reply, data, authorities, nonce) {
  const [status, token] = within(element(reply));
  must(element(reply).raw.length === reply.length && Number(`0x${hex(within(status)[0])}`) < 2 && token, 'refused');
  const [, , content, ...rest] = within(within(within(token)[1])[0]);
  const [contentType, holder] = within(content);
  const info = within(holder)[0].body;
  const [, , imprint, , time, ...more] = within(element(info));
  const [algorithm, hashed] = within(imprint);
  must(hex(contentType) === oid.info && hashes[hex(within(algorithm)[0])] === 'sha256', 'kind');
  must(hex(hashed) === sha256(data), 'hash');
  must(nonce === undefined || more.some(({ tag, body }) => tag === 2 && body.equals(nonce)), 'nonce');
  const certificates = rest.filter(({ tag }) => tag === 0xa0).flatMap(within);
  const [, id, digestAlgorithm, attributes, , signature] = within(within(rest.at(-1))[0]);
  const name = hashes[hex(within(digestAlgorithm)[0])];
  const said = new Map(within(attributes).map((one) => [hex(within(one)[0]), within(within(one)[1])[0]]));
  must(
    hex(said.get(oid.type)) === oid.info && hex(said.get(oid.digest)) === digest(name, info).toString('hex'),
    'info',
  );
  const [essId, essDefault] = Object.entries(ess).find(([id]) => said.has(id));
  const certId = within(within(within(said.get(essId))[0])[0]); // [algorithm] hash [issuer]
  const essHash = certId[0].tag === 0x30 ? hashes[hex(within(certId[0])[0])] : essDefault;
  const signerId = hex(certId.find(({ tag }) => tag === 4));
  const all = certificates.map(({ raw }) => new X509Certificate(raw));
  const signer = all.find(({ raw }) => digest(essHash, raw).toString('hex') === signerId);
  must(signer !== undefined && String(signer.keyUsage) === '1.3.6.1.5.5.7.3.8', 'signer');
  must(
    (id.tag === 0x30 ? within(id) : [id]).every(({ body }) => signer.raw.includes(body)),
    'signer',
  );
  const signed = Buffer.concat([Buffer.from([0x31]), attributes.raw.subarray(1)]); // signed as a SET (RFC 5652, 5.4)
  const key = signer.publicKey;
  must(verify(key.asymmetricKeyType.startsWith('ed') ? null : name, signed, key, signature.body), 'signature');
  const at = time.body.toString('latin1').replace(/^(....)(..)(..)(..)(..)(..)(\.\d+)?Z$/, '$1-$2-$3T$4:$5:$6$7Z');
  return {
    at: new Date(at).toISOString(),
    signer: signer.subject,
    trusted: leads(signer, all, authorities, new Date(at)),
  };
}

function leads(certificate, among, authorities, at, depth = 0) {
  const valid = (one) => new Date(one.validFrom) <= at && at <= new Date(one.validTo);
  const issues = (one) => one.ca && valid(one) && certificate.checkIssued(one) && certificate.verify(one.publicKey);
  if (depth > 4 || !valid(certificate)) return false;
  if (authorities.some(issues)) return true;
  const next = among.filter((one) => one.fingerprint256 !== certificate.fingerprint256 && issues(one));
  return next.some((one) => leads(one, among, authorities, at, depth + 1));
}

export const certificatesIn = (text) =>
  (text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );

/**
 * Verifies a pack: `names` of its files and `open(name)`, their bytes. `key` and `timestampCa` are PEM texts got elsewhere;
 * `whole` is the manifest of the whole run, for a pack of one organisation. `faults` is empty where all of it holds.
 */
export async function verifyPack({ names, open }, { key, timestampCa, whole } = {}) {
  const faults = [];
  const attempt = (fault, work) => {
    try {
      const found = work();
      if (found) faults.push({ fault: found });
    } catch (error) {
      faults.push({ fault, reason: error.message });
    }
  };
  const files = new Map();
  for (const name of names) {
    const parts = [];
    if (name !== linesFile) for await (const part of open(name)) parts.push(part);
    files.set(name, Buffer.concat(parts));
  }
  const lines = await checkLines(names.includes(linesFile) ? open(linesFile) : []);
  if (lines.fault !== undefined) faults.push(lines.fault);
  const bytes = files.get('manifest.json') ?? Buffer.alloc(0);
  let manifest = {};
  attempt('manifest', () => {
    const parsed = JSON.parse(bytes.toString('utf8'));
    must(parsed instanceof Object, 'format');
    manifest = parsed;
    const { format, organisation, records, lines: stated, tree } = manifest;
    must(format === 'rasoat-evidence/1' && Array.isArray(tree.others), 'format');
    if (whole !== undefined && canonical(partOf(whole)) !== canonical(partOf(manifest))) return 'not-of-whole';
    if (lines.fault !== undefined) return undefined;
    if (lines.count !== records.count) {
      const fault = lines.count < records.count ? 'records-missing' : 'records-added';
      faults.push({ fault, n: Math.min(lines.count, records.count) + 1 });
      return undefined;
    }
    if (lines.head !== records.head || lines.sha256 !== stated.sha256) return 'chain-rewritten';
    const ascending = lines.own.every(({ leaf }, index) => leaf > (lines.own[index - 1]?.leaf ?? -1));
    const stands = lines.narrowed === records.narrowed && (organisation || lines.own.length === tree.size);
    return stands && ascending && rootOf(tree.size, lines.own, tree.others) === tree.root ? undefined : 'tree';
  });
  // Every file against SHA256SUMS, and no file that it does not name. It proves nothing against intent: nobody signs it.
  const sumOf = (name) => (name === linesFile ? lines.sha256 : sha256(files.get(name) ?? ''));
  const sums = String(files.get(sumsFile))
    .split(/(?<=\n)/)
    .map((line) => [line.slice(66, -1), line.slice(0, 64), line]);
  for (const [name, sum, line] of sums) {
    if (line !== `${sum}  ${name}\n` || !/^[0-9a-f]{64}$/.test(sum))
      faults.push({ fault: 'file-altered', file: sumsFile });
    else if (!files.has(name)) faults.push({ fault: 'file-missing', file: name });
    else if (sumOf(name) !== sum && !(name === linesFile && lines.fault))
      faults.push({ fault: 'file-altered', file: name });
  }
  for (const file of names)
    if (file !== sumsFile && !sums.some(([name]) => name === file)) faults.push({ fault: 'file-foreign', file });
  // Chữ ký. Over the exact bytes of manifest.json, by the key that the manifest names (Ed25519, RFC 8032).
  const [signature, reply, named] = [files.get('manifest.sig'), files.get('manifest.tsr'), manifest.publicKey];
  const spki = (pem) => createPublicKey(pem).export({ type: 'spki', format: 'der' });
  attempt('signature', () => {
    if (signature === undefined) return named || key !== undefined ? 'signature-missing' : undefined;
    must(verify(null, bytes, createPublicKey(named), signature), 'bytes');
    must(String(files.get('public-key.pem')) === named, 'public-key.pem');
    return key !== undefined && !spki(key).equals(spki(named)) ? 'another-key' : undefined;
  });
  let timestamp = null;
  attempt('timestamp', () => {
    if (reply === undefined) return manifest.timestamp || timestampCa !== undefined ? 'timestamp-missing' : undefined;
    timestamp = readTimestamp(reply, bytes, certificatesIn(timestampCa ?? ''));
    return timestampCa !== undefined && !timestamp.trusted ? 'timestamp-untrusted' : undefined;
  });
  const signedBy = signature === undefined ? 'nobody' : key === undefined ? 'key-in-pack' : 'key-given';
  return { whole: faults.length === 0, faults, signedBy, timestamp, records: lines.count, manifest };
}
const partOf = ({ run, province, tree }) => ({ run, province, size: tree.size, root: tree.root });

/** The command. */
const signers = {
  nobody: 'không có / none',
  'key-in-pack': 'khóa trong gói, chưa chứng tỏ ai ký / key in the pack, proves nobody (--key)',
  'key-given': 'đúng khóa đã cho / the key given',
};
async function main(args) {
  const asked = {};
  while (args.length > 0) {
    const [, option = 'folder'] = /^--(key|timestamp-ca|whole|json)$/.exec(args[0]) ?? [];
    if (option === 'folder' && (args[0].startsWith('-') || asked.folder)) throw new Error(args[0]);
    if (option !== 'folder' && option !== 'json') args.shift();
    asked[option] = option === 'folder' || option === 'json' ? args.shift() : readFileSync(args.shift(), 'utf8');
  }
  const folder = asked.folder ?? '.';
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isFile() ? one.name : []));
  if (!names.includes('manifest.json') && !names.includes(linesFile)) throw new Error(`manifest.json? ${folder}`);
  if (asked.key) createPublicKey(asked.key);
  const [timestampCa, whole] = [asked['timestamp-ca'], asked.whole && JSON.parse(asked.whole)];
  const open = (name) => createReadStream(join(folder, name));
  const found = await verifyPack({ names, open }, { key: asked.key, timestampCa, whole });
  const { manifest, timestamp } = found;
  if (asked.json) console.log(JSON.stringify(found));
  for (const { fault, n, file, reason } of asked.json ? [] : found.faults)
    console.log('✗', fault, [n && `bản ghi / record ${n}`, file, reason].filter(Boolean).join(' · '));
  if (!asked.json && found.whole) {
    const unchecked = timestamp?.trusted ? '' : ' (chưa kiểm tra CA / authority not checked: --timestamp-ca)';
    console.log(`✓ NGUYÊN VẸN / WHOLE: ${found.records} bản ghi / records, ${manifest.run.id}`);
    console.log(`  chữ ký / signature: ${signers[found.signedBy]}`);
    console.log(`  dấu thời gian / timestamp: ${timestamp ? timestamp.at + unchecked : 'không có / none'}`);
  } else if (!asked.json) console.log('✗ ĐÃ BỊ SỬA / ALTERED');
  return found.whole ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error) => {
      console.error(`Đầu vào sai / bad input: ${error.message}`);
      process.exitCode = 2;
    },
  );
