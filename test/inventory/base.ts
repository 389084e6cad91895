/** A small inventory with nothing wrong; tests change single lines of it. */
export const baseText = `schema: 1
province: { id: tinh-thu, name: Tỉnh Thử }
zones:
  - { id: internet, name: Internet }
organisations:
  - { id: so-y-te, name: Sở Y tế, headPosition: Giám đốc }
  - { id: cong-an, name: Công an tỉnh, headPosition: Giám đốc }
systems:
  - id: cong-tt
    name: Cổng thông tin
    owner: so-y-te
    operator: so-y-te
    endpoints:
      - { kind: web, url: https://portal.example/, addresses: [203.0.113.7] }
      - kind: host
        host: srv.portal.example
        addresses: [203.0.113.8]
        services:
          - { port: 443, tls: true }
authorisations:
  - id: vb-1
    document: { number: 1/KH, date: 2026-01-05 }
    basis: Kế hoạch rà soát
    requestedBy: { name: Nguyễn Văn A, position: Cán bộ }
    approvedBy: { name: Trần Thị B, position: Phó Chủ tịch }
    scope: { networks: [203.0.113.0/24] }
    zones: [internet]
    from: 2026-01-10
    until: 2026-12-31
    contact: { phone: '0213 000 000' }
`;

/** A text of the base and what to write in its place. */
export type Edit = readonly [string, string];

/** The base with texts replaced; each must be there, so that a test cannot pass by changing nothing. */
export function changed(...edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the base has no ${from}`);
    return text.replace(from, () => to);
  }, baseText);
}
