import type { TObject, TSchema } from '@sinclair/typebox';
import { dnsFacts } from '../model/facts/dns.ts';
import { httpFacts } from '../model/facts/http.ts';
import { mailFacts } from '../model/facts/mail.ts';
import { portsFacts } from '../model/facts/ports.ts';
import { softwareFacts } from '../model/facts/software.ts';
import { tlsFacts } from '../model/facts/tls.ts';
import type { Facts, Kind } from '../model/observation.ts';
import { deriveDns, dnsView } from './view/dns.ts';
import { deriveHttp, httpView } from './view/http.ts';
import { deriveMail, mailView } from './view/mail.ts';
import { derivePorts, portsView } from './view/ports.ts';
import { deriveSoftware, softwareView } from './view/software.ts';
import { deriveTls } from './view/tls.ts';
import { tlsView } from './view/tls-view.ts';
import type { Derived, ViewContext } from './view/view.ts';

type ViewOf<K extends Kind> = {
  /** What stored facts must fit before they are read. */
  readonly facts: TSchema;
  /** What checks read. */
  readonly schema: TObject;
  readonly derive: (facts: Facts[K], context: ViewContext) => Derived<unknown>;
};

/** The view of each kind of observation. */
export const views: { readonly [K in Kind]: ViewOf<K> } = {
  tls: { facts: tlsFacts, schema: tlsView, derive: deriveTls },
  http: { facts: httpFacts, schema: httpView, derive: deriveHttp },
  ports: { facts: portsFacts, schema: portsView, derive: derivePorts },
  software: { facts: softwareFacts, schema: softwareView, derive: deriveSoftware },
  dns: { facts: dnsFacts, schema: dnsView, derive: deriveDns },
  mail: { facts: mailFacts, schema: mailView, derive: deriveMail },
};
