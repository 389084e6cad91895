import { failureCodes } from '../../../model/failure.ts';
import { languages } from '../../../model/text.ts';
import type { Catalogue } from '../../../text/catalogue.ts';
import { checkCoverage } from '../../view/tally.ts';
import { failureWord } from '../../view/unseen.ts';
import type { Ledger } from '../ledger.ts';
import { say } from '../reasons.ts';
import { lazy } from '../safe-json.ts';
import { tellIn, type Tell } from '../tell.ts';
import { uuidOf } from '../uuid.ts';
import { notification, placesOf, result } from './results.ts';
import { rule, translatedRule } from './rules.ts';
import { taxonomies } from './taxonomies.ts';
import { literal } from './text.ts';

/** Where the schema of the standard is published; a name, never fetched by us. */
const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** One run as a SARIF 2.1.0 log (OASIS, errata 01), with every outcome. Pure. */
export function sarif(of: Ledger, tell: Tell, catalogue: Catalogue): Readonly<Record<string, unknown>> {
  const { index, systems, at, inInventory, withheld, feeds } = of;
  const { run, checks, frameworks, excludedSystems, inventory } = index.data;
  const taxa = taxonomies(frameworks, tell);
  const ruleAt = new Map(checks.map(({ id }, place) => [id, place]));
  const places = placesOf(of, tell);
  const covered = checkCoverage(index.files.flatMap(({ findings }) => findings));
  const version = /\d+\.\d+\.\d+[-+.0-9A-Za-z]*$/.exec(run.tool)?.[0];
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'rasoat',
            fullName: tell.shown(run.tool, 200),
            ...(version === undefined ? {} : { semanticVersion: version, version }),
            language: tell.lang,
            shortDescription: { text: literal(tell.say('cli.about')) },
            rules: checks.map((check) => rule(check, tell, taxa)),
            notifications: failureCodes.map((code) => ({
              id: code,
              shortDescription: { text: literal(say(tell, failureWord(code))) },
              fullDescription: { text: literal(tell.say(`words.failure-help.${code}`)) },
            })),
            ...(taxa.references.length === 0 ? {} : { supportedTaxonomies: taxa.references }),
          },
        },
        language: tell.lang,
        columnKind: 'utf16CodeUnits',
        automationDetails: {
          id: `rasoat/${inventory.province.id}/${run.zone}/${run.id}`,
          guid: uuidOf('run', run.id),
        },
        invocations: [
          {
            startTimeUtc: run.startedAt,
            endTimeUtc: at,
            executionSuccessful: run.state === 'finished',
            ...(run.pruned === undefined ? {} : { properties: { rawRemoved: run.pruned } }),
            toolExecutionNotifications: systems.flatMap(({ file }) =>
              file.observations.flatMap((observation) =>
                observation.ok ? [] : [notification(observation, file.system.id, places, tell)],
              ),
            ),
          },
        ],
        artifacts: places.artifacts,
        logicalLocations: places.logical,
        ...(taxa.components.length === 0 ? {} : { taxonomies: taxa.components }),
        translations: translations(of, tell, catalogue),
        results: lazy(function* () {
          for (const { findings } of systems) {
            for (const entry of findings) yield result(entry, ruleAt.get(entry.finding.check), places, tell);
          }
        }),
        properties: {
          province: inventory.province.id,
          judgedAt: index.data.judgedAt,
          systemsInInventory: inInventory,
          systemsListed: systems.length,
          systemsWithheld: withheld,
          excludedSystems,
          checksObserved: covered.seen,
          checksNeeded: covered.needed,
          feeds,
        },
      },
    ],
  };
}

/** The rules' words in the other languages (3.14.9). */
function translations(
  { index }: Ledger,
  tell: Tell,
  catalogue: Catalogue,
): readonly Readonly<Record<string, unknown>>[] {
  return languages
    .filter((lang) => lang !== tell.lang)
    .map((lang) => {
      const other = tellIn(catalogue, lang);
      return {
        name: `rasoat-${lang}`,
        language: lang,
        contents: ['localizedData'],
        isComprehensive: false,
        associatedComponent: { name: 'rasoat' },
        rules: index.data.checks.map((check) => translatedRule(check, other)),
      };
    });
}
