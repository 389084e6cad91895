import type { System } from '../../model/inventory.ts';
import type { OfficialDocument } from '../../model/inventory/common.ts';
import type { LayerField, LayerNumber } from '../../model/layer-rules.ts';

type Held = NonNullable<System['layers']>;

/** What a claim says in a field: text or a day, yes or no, or nothing. */
export type FieldValue = string | boolean | undefined;

/** The paper that shows a layer: the claim's own document, or the one that stands for it. */
export function documentOf(system: System, layer: LayerNumber): OfficialDocument | undefined {
  const { onSite, monitoring, assessment, connection } = system.layers ?? {};
  switch (layer) {
    case 1:
      return onSite?.document;
    case 2:
      return monitoring?.document ?? monitoring?.contract;
    case 3:
      return assessment?.document ?? assessment?.report;
    case 4:
      return connection?.document;
  }
}

/** Every day that a layer's papers bear: a check of them must not be older than any. */
export function paperDays(system: System, layer: LayerNumber): readonly string[] {
  const { onSite, monitoring, assessment, connection } = system.layers ?? {};
  const papers: Record<LayerNumber, readonly (OfficialDocument | undefined)[]> = {
    1: [onSite?.document, onSite?.incidentPlan],
    2: [monitoring?.document, monitoring?.contract],
    3: [assessment?.document, assessment?.report],
    4: [connection?.document],
  };
  return papers[layer].flatMap((paper) => paper?.date ?? []);
}

/** The claim of one layer as the inventory holds it. */
export function heldOf(system: System, layer: LayerNumber): Held[keyof Held] {
  const names = { 1: 'onSite', 2: 'monitoring', 3: 'assessment', 4: 'connection' } as const;
  return system.layers?.[names[layer]];
}

/** What the claim of a layer says in a field; undefined: nothing, or the layer has no such field. */
export function fieldOf(system: System, layer: LayerNumber, field: LayerField): FieldValue {
  if (field === 'document') return documentOf(system, layer)?.number;
  const { onSite, monitoring, assessment, connection } = system.layers ?? {};
  const values: Record<LayerNumber, Partial<Record<LayerField, FieldValue>>> = {
    1: {
      unit: onSite?.unit,
      head: onSite?.head,
      phone: onSite?.phone,
      email: onSite?.email,
      until: onSite?.until,
      'incident-team': onSite?.incidentTeam?.number,
      'incident-plan': onSite?.incidentPlan?.number,
      'last-drill': onSite?.lastDrill,
      'certified-staff': (onSite?.certifiedStaff ?? 0) > 0 ? String(onSite?.certifiedStaff) : undefined,
    },
    2: {
      provider: monitoring?.provider,
      licence: monitoring?.licence,
      'licence-until': monitoring?.licenceUntil,
      from: monitoring?.from,
      until: monitoring?.until,
      'round-the-clock': monitoring?.roundTheClock,
      siem: monitoring?.siem,
    },
    3: {
      assessor: assessment?.assessor,
      independent: assessment?.independent,
      // A designation stands in a licence's place and has no last day (Decree 331 Đ31.2.c).
      'licence-or-designation': assessment?.licence ?? assessment?.designation?.number,
      'licence-until': assessment?.licenceUntil ?? assessment?.designation?.date,
      until: assessment?.until,
    },
    4: {
      target: connection?.target,
      'log-types': connection?.logTypes?.join(', '),
      'last-seen': connection?.lastSeen,
      'anti-malware-shared': connection?.antiMalwareShared,
      until: connection?.until,
    },
  };
  const value = values[layer][field];
  return value === '' ? undefined : value;
}
