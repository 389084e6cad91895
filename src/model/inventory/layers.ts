import { Type } from '@sinclair/typebox';
import { closed, list, oneOf, text } from '../schema.ts';
import { day, documentSchema, name } from './common.ts';

/** Somebody other than the owner looked at the document, and says so in one of their own. */
const verifiedSchema = Type.Object({ on: day(), by: name, document: documentSchema }, closed);

const claimed = {
  claimed: Type.Boolean(),
  document: Type.Optional(documentSchema),
  until: Type.Optional(day()),
  note: Type.Optional(text(1000)),
  verified: Type.Optional(verifiedSchema),
};
const count = Type.Optional(Type.Integer({ minimum: 0 }));

/** What an owner says of the four layers, each with its document and dates. */
export const layersSchema = Type.Object(
  {
    /** Lớp 1: lực lượng tại chỗ. */
    onSite: Type.Optional(
      Type.Object(
        {
          ...claimed,
          unit: Type.Optional(name),
          head: Type.Optional(name),
          phone: Type.Optional(text(40)),
          email: Type.Optional(text(254)),
          address: Type.Optional(text(300)),
          /** Văn bản quy định chức năng, nhiệm vụ. */
          functions: Type.Optional(documentSchema),
          /** Quyết định thành lập đội ứng cứu sự cố. */
          incidentTeam: Type.Optional(documentSchema),
          incidentPlan: Type.Optional(documentSchema),
          /** Last drill of the plan. */
          lastDrill: Type.Optional(day()),
          certifiedStaff: count,
        },
        closed,
      ),
    ),
    /** Lớp 2: giám sát, bảo vệ chuyên nghiệp. */
    monitoring: Type.Optional(
      Type.Object(
        {
          ...claimed,
          /** The owner monitors by itself; no licence is asked then. */
          selfRun: Type.Optional(Type.Boolean()),
          provider: Type.Optional(name),
          licence: Type.Optional(text(100)),
          licenceUntil: Type.Optional(day()),
          contract: Type.Optional(documentSchema),
          scope: Type.Optional(text(500)),
          from: Type.Optional(day()),
          roundTheClock: Type.Optional(Type.Boolean()),
          siem: Type.Optional(text(200)),
          logSources: count,
          /** Percent of machines with a protection agent. */
          agentCoverage: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
          lastReport: Type.Optional(day()),
        },
        closed,
      ),
    ),
    /** Lớp 3: kiểm tra, đánh giá độc lập định kỳ. */
    assessment: Type.Optional(
      Type.Object(
        {
          ...claimed,
          assessor: Type.Optional(name),
          independent: Type.Optional(Type.Boolean()),
          licence: Type.Optional(text(100)),
          licenceUntil: Type.Optional(day()),
          /** In a licence's place: a state service body's functions, or the decision that designates the assessor. */
          designation: Type.Optional(documentSchema),
          /** Decree 331 Đ27.4. */
          forms: Type.Optional(list(oneOf(['hop-den', 'hop-xam', 'hop-trang']), 3)),
          standard: Type.Optional(text(200)),
          report: Type.Optional(documentSchema),
          found: Type.Optional(Type.Object({ critical: count, high: count, medium: count, low: count }, closed)),
          remediatedOn: Type.Optional(day('date by which the owner says all findings were mended')),
          nextDue: Type.Optional(day()),
        },
        closed,
      ),
    ),
    /** Lớp 4: kết nối, chia sẻ với hệ thống giám sát. */
    connection: Type.Optional(
      Type.Object(
        {
          ...claimed,
          target: Type.Optional(oneOf(['quoc-gia', 'tinh'])),
          logTypes: Type.Optional(list(text(100, { minLength: 1 }), 50)),
          lastSeen: Type.Optional(day()),
          antiMalwareShared: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
  },
  closed,
);
