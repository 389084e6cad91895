import { makeCountry, type CountryOptions, type Province } from './country.ts';
import { targetKeyOf } from './inventory.ts';
import { differences, namedChecks, truthOf, type Found } from './truth.ts';

/** Asks a store, of either engine; columns come as text, or null. */
export type Ask = (sql: string) => Promise<readonly (readonly (string | null)[])[]>;

export type Comparison = { readonly compared: number; readonly wrong: readonly string[] };

/**
 * How a look failed. Where clear text and TLS failed in two ways (one connection reset as it was made, one after), http was looked
 * at, and what it saw is that nothing answers.
 */
const lookSql = `case when failure is null and body like '%"plain":{"end":"failed"%' and body like '%"secure":{"end":"failed"%'
  then 'refused' else failure end`;

/** Holds what a store has found of every place that is done against the truth of the country. */
export async function compareWithTruth(country: CountryOptions, ask: Ask): Promise<Comparison> {
  const found = new Map<string, { outcomes: Map<string, string>; looks: (string | null)[] }>();
  const of = (target: string) => {
    let one = found.get(target);
    if (one === undefined) found.set(target, (one = { outcomes: new Map(), looks: [] }));
    return one;
  };
  for (const [target, look] of await ask(`select target, ${lookSql} from observation where kind in ('tls', 'http')`))
    of(target ?? '').looks.push(look ?? null);
  const checks = namedChecks.map((check) => `'${check}'`).join(', ');
  for (const [target, check, outcome] of await ask(
    `select target, "check", outcome from finding where "check" in (${checks})`,
  ))
    of(target ?? '').outcomes.set(check ?? '', outcome ?? '');
  const wrong: string[] = [];
  let compared = 0;
  for (const province of makeCountry(country))
    for (const [key, truth] of truthsOf(country, province)) {
      const one: Found | undefined = found.get(key);
      if (one === undefined) continue;
      compared += 1;
      wrong.push(...differences(truth, one).map((difference) => `${key}: ${difference}`));
    }
  return { compared, wrong };
}

function* truthsOf(country: CountryOptions, { systems, ports }: Province) {
  for (const { places } of systems)
    for (const place of places) yield [targetKeyOf(country, ports, place), truthOf(country, place)] as const;
}
