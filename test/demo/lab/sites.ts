import type { ServerOptions } from 'node:https';
import { makeCertificate, type CertificateWish } from '../../servers/certificates.ts';
import { startHttp, startHttps, type Page } from '../servers.ts';
import { plainSites, sites } from './site-list.ts';
import { modern, type Bench } from './tools.ts';

/** A web site of one address, at port 8443, with the flaws of its office. */
export type Site = {
  readonly address: string;
  /** Name on the certificate. */
  readonly name: string;
  readonly certificate?: Partial<CertificateWish> | 'self-signed';
  readonly answer: Page;
  readonly tls?: ServerOptions;
  /** What the same address answers at 8080, in clear. */
  readonly plain?: Page;
};

/** A site without any encryption, at port 8080. */
export type PlainSite = Pick<Site, 'address' | 'answer'>;

/** Starts every site, all at once. */
export async function startSites({ issue, add }: Bench): Promise<void> {
  const secure = sites.map(async ({ address, name, certificate, answer, tls, plain }) => {
    const identity = await (certificate === 'self-signed' ? makeCertificate({ name }) : issue(name, certificate));
    await add(
      startHttps(address, 8443, identity, answer, tls ?? modern),
      ...(plain === undefined ? [] : [startHttp(address, 8080, plain)]),
    );
  });
  await Promise.all([...secure, ...plainSites.map(({ address, answer }) => add(startHttp(address, 8080, answer)))]);
}
