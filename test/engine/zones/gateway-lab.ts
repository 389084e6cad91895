import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { createCentre, type Centre } from '../../../src/engine/zones/centre.ts';
import { addAgentTo, emptySettings } from '../../../src/engine/zones/enrol.ts';
import { startGateway, type Gateway, type GatewayLimits } from '../../../src/engine/zones/gateway.ts';
import { protocolVersion } from '../../../src/engine/zones/protocol.ts';
import { readZoneSettings } from '../../../src/engine/zones/zone-settings.ts';
import { authorityFiles, makeAuthority, makeRequest, signRequest } from '../../../src/keys/authority.ts';
import type { WorkerAbout } from '../../../src/model/desk.ts';
import { scratch } from '../../e2e/cli.ts';
import { deskOf, type StoreAsked } from './gateway-desk.ts';

export type Secrets = { readonly cert: Buffer; readonly key: Buffer };

/** A gateway with two agents enrolled, of `tslcd` and of `lan-huyen`, before a store that can be away. */
export type GatewayLab = StoreAsked & {
  readonly host: string;
  readonly folder: ReturnType<typeof scratch>;
  readonly settingsFile: string;
  readonly gateway: Gateway;
  readonly one: Secrets;
  readonly other: Secrets;
  readonly ca: Buffer;
  readonly refused: readonly string[];
  readonly enrol: (name: string, zone: string) => Promise<Secrets>;
  /** One request as anybody could send it. */
  readonly ask: (path: string, body: string, tls?: RequestOptions) => Promise<{ status: number; text: string }>;
  readonly centreFor: (zone: string, secrets?: Secrets, more?: object) => Centre;
  readonly stop: () => Promise<void>;
};

export const about = (zone = 'tslcd'): WorkerAbout => ({
  session: randomUUID(),
  zone,
  host: 'h',
  pid: 1,
  version: 'rasoat 0.1.0',
});

/** Its limits are those of a gateway that is hurried by nobody, unless told otherwise. */
export async function startGatewayLab(
  host: string,
  { headMs = 10_000, requestMs = 20_000 }: Partial<Pick<GatewayLimits, 'headMs' | 'requestMs'>> = {},
): Promise<GatewayLab> {
  const folder = scratch();
  const settingsFile = folder.file('pki/zones.yaml');
  const heard: string[] = [];
  const refused: string[] = [];
  const kept = new Map<string, number>();
  const store: StoreAsked['store'] = { away: false, workers: [] };
  async function enrol(name: string, zone: string): Promise<Secrets> {
    const home = folder.file(name);
    const { key, request: csr } = await makeRequest(home, name);
    const { certificate, fingerprint } = await signRequest(folder.file('pki'), csr, name, 30);
    writeFileSync(`${home}/agent.pem`, certificate);
    addAgentTo(settingsFile, { name, zone, fingerprint });
    return { cert: Buffer.from(certificate), key: readFileSync(key) };
  }

  await makeAuthority(folder.file('pki'), ['centre.example', host], 30);
  writeFileSync(settingsFile, emptySettings(authorityFiles), { mode: 0o600 });
  const one = await enrol('may-tslcd', 'tslcd');
  const other = await enrol('may-huyen', 'lan-huyen');
  const ca = readFileSync(folder.file('pki/ca.pem'));
  const gateway = await startGateway(
    {
      host,
      port: 0,
      settings: readZoneSettings(settingsFile),
      version: 'rasoat 0.1.0',
      deskOf: ({ zone }) => deskOf(zone, { store, heard, kept }),
      workersAt: (zone) => Promise.resolve(store.workers.includes(zone)),
      limits: { headMs, requestMs, callsPerSecond: 10, burst: 300 },
    },
    { refused: (why) => refused.push(why) },
  );

  function ask(path: string, body: string, tls: RequestOptions = one): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host,
          port: gateway.port,
          path,
          method: 'POST',
          ca,
          agent: false,
          headers: { 'rasoat-protocol': String(protocolVersion) },
          ...tls,
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, text });
          });
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  }
  const centreFor = (zone: string, secrets = one, more: object = {}) =>
    createCentre({
      url: `https://${host}:${gateway.port}`,
      zone,
      certificate: secrets.cert,
      key: secrets.key,
      ca,
      userAgent: 't',
      ...more,
    });

  const stop = async () => {
    await gateway.close();
    folder.remove();
  };
  return {
    host,
    folder,
    settingsFile,
    gateway,
    one,
    other,
    ca,
    store,
    heard,
    refused,
    kept,
    enrol,
    ask,
    centreFor,
    stop,
  };
}
