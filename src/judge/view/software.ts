import { Type, type Static } from '@sinclair/typebox';
import type { SoftwareFacts, SoftwareItem } from '../../model/facts/software.ts';
import { softwareSources } from '../../model/facts/software.ts';
import type { Failure } from '../../model/failure.ts';
import { closed, list, oneOf, portNumber, text } from '../../model/schema.ts';
import { evidenceFor, updatesFor } from '../../model/software/evidence.ts';
import { conflictsOf } from '../../model/software/merge.ts';
import { distributionOf } from './distribution.ts';
import { packagedClasses, productClasses, productClassOf, type ProductClass } from './product-class.ts';
import { itemView, type SoftwareItemView } from '../../model/software/assessed.ts';
import { knownOf, namedByKevOf } from './software-known.ts';
import { supportOf } from './software-support.ts';
import type { Derived, ViewContext } from './view.ts';

const items = Type.Optional(list(itemView, 500));
const byClass = Object.fromEntries(productClasses.map((each) => [each, items])) as Readonly<
  Record<ProductClass, typeof items>
>;

const conflictView = Type.Object(
  {
    kind: oneOf(['versions', 'servers']),
    port: portNumber,
    told: list(
      Type.Object(
        { product: text(128), version: Type.Union([text(128), Type.Null()]), source: oneOf(softwareSources) },
        closed,
      ),
      20,
    ),
  },
  closed,
);

/** What one target tells about its software, by what the software is for. An empty list: looked at, nothing told. */
export const softwareView = Type.Object(
  {
    ...byClass,
    /** Every product of a class, with what the feeds say of it. */
    assessed: items,
    /** Versions told to anyone who connects, without being asked, outside HTTP headers and SSH (which must tell one). */
    bannerVersions: items,
    /** Versions that devices and services of a network tell: cameras, routers, name and directory services. */
    deviceVersions: items,
    /** Words of one port that do not go together. */
    conflicts: Type.Optional(list(conflictView, 100)),
  },
  closed,
);
export type SoftwareView = Static<typeof softwareView>;

const sourcesOfBanners: ReadonlySet<string> = new Set<SoftwareItem['source']>([
  'ftp.banner',
  'smtp.banner',
  'pop3.banner',
  'imap.banner',
  'telnet.banner',
  'html.generator',
]);
const sourcesOfDevices: ReadonlySet<string> = new Set<SoftwareItem['source']>([
  'dns.version',
  'snmp.sysdescr',
  'ntp.banner',
  'ldap.banner',
  'smb.banner',
]);

/** Derives the view of one target's software from what it told, the end-of-life table and the feeds' answers; pure. */
export function deriveSoftware(facts: SoftwareFacts, context: ViewContext): Derived<SoftwareView> {
  const told = withoutEchoes(facts.items);
  const distributions = distributionsByPort(told);
  const unseen: { at: string; failure: Failure }[] = [];
  const view: { -readonly [K in keyof SoftwareView]: SoftwareView[K] } = {};
  const assessed: SoftwareItemView[] = [];
  for (const each of productClasses) {
    view[each] = told
      .filter((item) => productClassOf(item.product) === each)
      .map((item, index) => {
        const distribution =
          distributionOf(item) ?? (packagedClasses.has(each) ? (distributions.get(item.port) ?? null) : null);
        // What a page loads is a copy of the site's own, whoever packages the server.
        const kept = packagedClasses.has(each) && item.source !== 'html.script' ? distribution : null;
        const { found, failures } = assess(item, distribution, kept, context);
        for (const [field, failure] of failures) {
          unseen.push({ at: `/software/${each}/${index}/${field}`, failure });
          unseen.push({ at: `/software/assessed/${assessed.length}/${field}`, failure });
        }
        assessed.push(found);
        return found;
      });
  }
  const plain = (item: SoftwareItem) => describe(item, distributionOf(item));
  const versioned = told.filter((item) => item.version !== undefined);
  view.assessed = assessed.slice(0, 500);
  view.bannerVersions = versioned.filter((item) => sourcesOfBanners.has(item.source)).map(plain);
  view.deviceVersions = versioned.filter((item) => sourcesOfDevices.has(item.source)).map(plain);
  view.conflicts = conflictsOf(facts.items)
    .slice(0, 100)
    .map((one) => ({ ...one, told: [...one.told] }));
  return { view, unseen };
}

type Assessed = {
  readonly found: SoftwareItemView;
  /** Fields that could not be filled, and why. */
  readonly failures: readonly (readonly [field: string, failure: Failure])[];
};

function assess(item: SoftwareItem, distribution: string | null, kept: string | null, context: ViewContext): Assessed {
  const claimed = evidenceFor(item.product, context.target.packages, context.at);
  // What the owner's list says the distribution packages, the distribution may still mend.
  const support = supportOf(item, kept ?? claimed?.system ?? null, context);
  const known = knownOf(item, kept, context);
  const updates = updatesFor(item, context.target.packages, context.at);
  const named = 'failure' in known ? namedByKevOf(item, context) : undefined;
  return {
    found: {
      ...describe(item, distribution),
      ...('failure' in support ? {} : support),
      ...('failure' in known ? {} : known),
      ...(updates === undefined ? {} : { updates }),
      ...(named === undefined ? {} : { namedByKev: named }),
      ...(claimed === undefined
        ? {}
        : {
            claimed: {
              package: `${claimed.name} ${claimed.version}`.slice(0, 200),
              date: claimed.date,
              file: claimed.file,
            },
          }),
    },
    failures: [
      ...('failure' in support ? supportFields.map((field) => [field, support.failure] as const) : []),
      ...('failure' in known ? knownFields.map((field) => [field, known.failure] as const) : []),
    ],
  };
}

const supportFields = ['supported', 'endingSoon'] as const;
const knownFields = ['vulnerable', 'exploited', 'ransomware', 'likelyExploited'] as const;

function describe(
  { product, version, port, source, text: words }: SoftwareItem,
  distribution: string | null,
): SoftwareItemView {
  return { product, version: version ?? null, port, source, text: words, distribution };
}

/** A name without version says nothing beside the same name with one, whatever source tells it; one of each is kept. */
function withoutEchoes(all: readonly SoftwareItem[]): readonly SoftwareItem[] {
  const versioned = new Set(all.filter((item) => item.version !== undefined).map((item) => item.product));
  const kept = new Map<string, SoftwareItem>();
  for (const item of all) {
    if (item.version === undefined && versioned.has(item.product)) continue;
    const key = `${item.product} ${item.version ?? ''} ${item.port}`;
    const before = kept.get(key);
    // Of two that say the same, the one that also tells the distribution's package says more.
    if (before === undefined || (before.package === undefined && item.package !== undefined)) kept.set(key, item);
  }
  return [...kept.values()];
}

/** What one product on a port says of its distribution holds for its neighbours on that port. */
function distributionsByPort(all: readonly SoftwareItem[]): ReadonlyMap<number, string> {
  return new Map(
    all.flatMap((item) => {
      const distribution = distributionOf(item);
      return distribution === null ? [] : [[item.port, distribution] as const];
    }),
  );
}
