import { stringify } from 'yaml';

export type SystemSketch = {
  readonly id: string;
  readonly endpoints: readonly Readonly<Record<string, unknown>>[];
  readonly level?: number;
};

/** An inventory of one organisation whose systems may be scanned at the given networks, as YAML. */
export function sketchInventory(
  systems: readonly SystemSketch[],
  authorisation: Readonly<Record<string, unknown>> = {},
  scope: Readonly<Record<string, unknown>> = { networks: ['127.0.0.0/8'] },
): string {
  return stringify({
    schema: 1,
    province: { id: 'test', name: 'Tỉnh thử nghiệm' },
    zones: [{ id: 'internet', name: 'Internet' }],
    organisations: [{ id: 'so-a', name: 'Sở A', headPosition: 'Giám đốc' }],
    systems: systems.map(({ id, endpoints, level }) => ({
      id,
      name: `Hệ thống ${id}`,
      owner: 'so-a',
      operator: 'so-a',
      ...(level === undefined ? {} : { classification: { level, dossier: 'dang-du-thao' } }),
      endpoints,
    })),
    authorisations: [
      {
        id: 'vb-1',
        document: { number: '01/QĐ-TEST', date: '2026-01-01' },
        basis: 'Kế hoạch thử nghiệm',
        requestedBy: { name: 'Nguyễn Văn A', position: 'Trưởng phòng' },
        approvedBy: { name: 'Trần Thị B', position: 'Giám đốc' },
        scope,
        zones: ['internet'],
        from: '2026-01-01',
        until: '2099-12-31',
        contact: { phone: '0213 000 000', email: 'scan@test.example' },
        limits: { connections: 16, perSecond: 1000 },
        ...authorisation,
      },
    ],
  });
}
