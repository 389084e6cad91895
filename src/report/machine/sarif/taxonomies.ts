import type { Framework } from '../../../model/framework.ts';
import type { Tell } from '../tell.ts';
import { literal } from './text.ts';

/** Frameworks as SARIF taxonomies, and which of their taxa each check serves. */
export type Taxa = {
  readonly components: readonly Readonly<Record<string, unknown>>[];
  readonly references: readonly Readonly<Record<string, unknown>>[];
  /** Relationships of the rule of a check. */
  readonly of: (check: string) => readonly Readonly<Record<string, unknown>>[];
};

/** One taxonomy a framework, one taxon an obligation (3.19.3). */
export function taxonomies(frameworks: readonly Framework[], tell: Tell): Taxa {
  const relations = new Map<string, Readonly<Record<string, unknown>>[]>();
  frameworks.forEach((framework, at) => {
    framework.obligations.forEach((obligation, index) => {
      for (const check of new Set(obligation.checks)) {
        const of = relations.get(check) ?? [];
        relations.set(check, of);
        of.push({
          target: { id: obligation.id, index, toolComponent: { name: framework.id, index: at } },
          kinds: ['relevant'],
        });
      }
    });
  });
  return {
    components: frameworks.map((framework) => component(framework, tell)),
    references: frameworks.map(({ id }, index) => ({ name: id, index })),
    of: (check) => relations.get(check) ?? [],
  };
}

function component(framework: Framework, tell: Tell): Readonly<Record<string, unknown>> {
  const { id, title, instrument, kind, inForce } = framework;
  return {
    name: id,
    fullName: tell.text(title),
    organization: tell.text(instrument.issuer),
    shortDescription: { text: literal(`${tell.text(title)} (${tell.shown(instrument.number)}).`) },
    ...(instrument.issued === undefined ? {} : { releaseDateUtc: instrument.issued }),
    isComprehensive: false,
    language: tell.lang,
    taxa: framework.obligations.map((obligation) => ({
      id: obligation.id,
      shortDescription: { text: literal(tell.text(obligation.title)) },
      fullDescription: { text: literal(tell.text(obligation.asks)) },
      properties: {
        instrument: obligation.cite.instrument,
        ...(obligation.cite.clause === undefined ? {} : { clause: obligation.cite.clause }),
        certainty: obligation.cite.certainty,
        ...(obligation.layer === undefined ? {} : { layer: obligation.layer }),
      },
    })),
    properties: { kind, inForceFrom: inForce.from, certainty: instrument.certainty },
  };
}
