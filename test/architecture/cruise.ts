import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

type Config = {
  readonly forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden'];
  readonly options: ICruiseOptions;
};

/** Applies our layering rules to a folder of the project; gives each violation as `rule: from -> to`. */
export async function cruiseLayers(
  folder: string,
): Promise<{ readonly violations: readonly string[]; readonly modules: number }> {
  const config = ((await import(new URL('../../.dependency-cruiser.mjs', import.meta.url).href)) as { default: Config })
    .default;
  const result = await cruise(
    [folder],
    { ...config.options, ruleSet: { forbidden: config.forbidden ?? [] }, validate: true },
    undefined,
    { tsConfig: extractTSConfig(new URL('../../tsconfig.json', import.meta.url).pathname) },
  );
  const output = result.output as ICruiseResult;
  return {
    modules: output.modules.filter((module) => module.source.startsWith(folder)).length,
    violations: output.summary.violations.map(
      (violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`,
    ),
  };
}
