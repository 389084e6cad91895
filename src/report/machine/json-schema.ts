import { Type, type Static } from '@sinclair/typebox';
import { controls } from './json-schema-controls.ts';
import { assessment, check, cost, finding, obligation, task } from './json-schema-findings.ts';
import { organisation, run, scope, system, totals } from './json-schema-systems.ts';
import { closed, count, id, name, orNull } from './json-words.ts';

/** `rasoat-report/1`: one run as one document. `templates/schemas/report-1.schema.json` is generated from this. */
export const reportSchema = Type.Object(
  {
    schema: Type.Literal('rasoat-report/1'),
    run,
    province: Type.Object({ id, name }, closed),
    scope,
    totals,
    organisations: Type.Array(organisation),
    systems: Type.Array(system),
    checks: Type.Array(check),
    findings: Type.Array(finding),
    obligations: Type.Array(obligation),
    assessments: Type.Array(assessment),
    tasks: Type.Array(task),
    costs: Type.Object(
      {
        addresses: count,
        connections: count,
        datagrams: count,
        refusedByGuard: count,
        bytesSent: count,
        bytesReceived: count,
        peakPerSecond: count,
        byAddress: Type.Array(cost, { description: 'Of the targets listed; the totals are those of the run.' }),
        resolverQueries: count,
      },
      closed,
    ),
    controls: orNull(controls),
    feeds: Type.Array(Type.Object({ feed: Type.String(), date: Type.String() }, closed)),
  },
  closed,
);
export type ReportDocument = Static<typeof reportSchema>;

/** The schema as it is published. */
export function renderReportSchema(): string {
  const published = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:rasoat:report-1',
    title: 'Rà Soát report, version 1',
    ...reportSchema,
  };
  return `${JSON.stringify(published, null, 2)}\n`;
}
