import { stringify } from 'yaml';
import { personalityIn, portOf, type CountryOptions, type Place, type Ports, type Province } from './country.ts';

export type Limits = { readonly connections: number; readonly perSecond: number };

/** Hours of the province in which its document permits; absent: all. */
export type Hours = { readonly from: string; readonly to: string };

/** The inventory of one province, one document over its block. */
export function provinceInventory(country: CountryOptions, province: Province, limits: Limits, hours?: Hours): string {
  const person = (name: string) => ({ name, position: 'Trưởng phòng', organisation: 'cong-an-tinh' });
  return stringify(
    {
      schema: 1,
      province: { id: province.id, name: `Tỉnh mô phỏng ${province.number + 1}` },
      zones: [{ id: 'internet', name: 'Internet' }],
      organisations: ['cong-an-tinh', 'so-khcn', 'so-y-te', 'so-gddt'].map((id) => ({
        id,
        name: `Cơ quan ${id}`,
        headPosition: 'Giám đốc',
      })),
      authorisations: [
        {
          id: 'mo-phong',
          document: { number: `${province.number + 1}/KH-MP`, date: '2026-01-01' },
          basis: 'Kế hoạch mô phỏng; không có thật',
          requestedBy: person('Nguyễn Văn Mô Phỏng'),
          approvedBy: person('Trần Thị Giả Định'),
          scope: { networks: [province.block] },
          zones: ['internet'],
          from: '2026-01-01',
          until: '2099-12-31',
          ...(hours === undefined ? {} : { hours: [hours] }),
          contact: { phone: '0213 000 000', email: `ra-soat@${province.id}.mo-phong.example` },
          limits,
        },
      ],
      systems: province.systems.map(({ id, level, places }, at) => ({
        id,
        name: `Hệ thống ${id}`,
        owner: ['so-khcn', 'so-y-te', 'so-gddt'][at % 3],
        operator: 'so-khcn',
        classification: { level, dossier: 'dang-du-thao' },
        endpoints: places.map((place) => endpointOf(country, province.ports, place)),
      })),
    },
    { lineWidth: 0 },
  );
}

function endpointOf(country: CountryOptions, ports: Ports, { kind, name, address }: Place): unknown {
  const personality = personalityIn(country, address);
  const port = portOf(personality, ports, kind);
  const addresses = [address];
  if (kind === 'clear') return { kind: 'web', url: `http://${name}:${port}/`, addresses };
  if (kind === 'service')
    return { kind: 'host', host: name, services: [{ port, service: 'https', tls: true }], addresses };
  const httpUrl = `http://${name}:${portOf(personality, ports, 'clear')}/`;
  return { kind: 'web', url: `https://${name}:${port}/`, httpUrl, addresses };
}

/** The key that the scanner gives the target by which a place is judged here: its URL, or its TLS service. */
export function targetKeyOf(country: CountryOptions, ports: Ports, { kind, name, address }: Place): string {
  const port = portOf(personalityIn(country, address), ports, kind);
  if (kind === 'service') return `${name}:${port} [${address}]`;
  return `${kind === 'clear' ? 'http' : 'https'}://${name}:${port}/ [${address}]`;
}
