import type { System } from '../../model/inventory.ts';
import type { LayerBinding, LayerNumber, LayerRequirement, LayerRules } from '../../model/layer-rules.ts';
import { regimeOf } from '../level/regime.ts';

/** Whether a rule's laws bind a system on a day. */
export function bindsLaw({ regimes }: Pick<LayerBinding, 'regimes'>, system: System, onDay: string): boolean {
  const regime = regimeOf(system, onDay);
  return (
    regimes === undefined ||
    regimes.some(
      (bound) =>
        bound.regime === regime && (bound.from ?? '') <= onDay && (bound.to === undefined || onDay <= bound.to),
    )
  );
}

/** Whether the system stands in the national-security list (hệ thống thông tin quan trọng về an ninh quốc gia). */
function isListed(system: System): boolean {
  return system.classification?.nationalSecurityList?.state === 'da-dua-vao';
}

/** What the rules ask of one layer of one system on a day. A system without a level is asked what binds every level. */
export function requirementsOf(
  rules: LayerRules,
  system: System,
  layer: LayerNumber,
  onDay: string,
): readonly LayerRequirement[] {
  const level = system.classification?.level;
  const selfRun = system.layers?.monitoring?.selfRun === true;
  return rules.requirements.filter((rule) => {
    if (rule.layer !== layer || (rule.from ?? '') > onDay || !bindsLaw(rule, system, onDay)) return false;
    if (rule.hired === true && selfRun) return false;
    const byLevel = rule.levels === undefined || (level !== undefined && rule.levels.includes(level));
    return byLevel || (rule.nationalSecurity === true && isListed(system));
  });
}
