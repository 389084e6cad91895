import { Type, type Static } from '@sinclair/typebox';
import { closed, list, oneOf, text } from '../schema.ts';
import { day, documentSchema, id, name } from './common.ts';
import { dossierStates, levels, regimes, type Level } from './level-words.ts';

const levelNumber = Type.Unsafe<Level>({ type: 'integer', enum: [...levels] });

/** A level that somebody set by a decision of its own: the Prime Minister, or a risk assessment. */
const setLevel = Type.Object({ level: levelNumber, document: Type.Optional(documentSchema) }, closed);

/** What decides a level by Decree 331/2026 Đ9-15 and Decree 85/2016 Đ6-11. A fact left out is not known, not false. */
const factsSchema = Type.Object(
  {
    type: Type.Optional(
      oneOf(['noi-bo', 'phuc-vu-nguoi-dan-doanh-nghiep', 'co-so-ha-tang', 'dieu-khien-cong-nghiep', 'khac']),
    ),
    information: Type.Optional(list(oneOf(['cong-cong', 'rieng', 'ca-nhan', 'bi-mat-nha-nuoc']), 4)),
    /** Chủ thể dữ liệu cá nhân cơ bản, nhạy cảm. */
    basicDataSubjects: Type.Optional(Type.Integer({ minimum: 0 })),
    sensitiveDataSubjects: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Người sử dụng, as Decree 85/2016 counts. */
    users: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Giải quyết thủ tục hành chính. */
    administrativeProcedures: Type.Optional(Type.Boolean()),
    /** Mức độ dịch vụ công trực tuyến, 1-4, as Decree 85/2016 asks. */
    publicServiceLevel: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    /** Online service of a business that needs conditions (ngành, nghề đầu tư kinh doanh có điều kiện). */
    conditionalBusiness: Type.Optional(Type.Boolean()),
    infrastructureScope: Type.Optional(oneOf(['mot-co-quan', 'bo-nganh-tinh', 'quoc-gia', 'quoc-te'])),
    /** Hệ thống thông tin quốc gia phục vụ phát triển Chính phủ điện tử. */
    nationalSystem: Type.Optional(Type.Boolean()),
    /** Runs 24/7 and takes no unplanned stop. */
    nonStop: Type.Optional(Type.Boolean()),
    /** Central store of data of special importance to the nation. */
    nationalDataStore: Type.Optional(Type.Boolean()),
    /** Grade of the works that an industrial control system directly runs. */
    constructionGrade: Type.Optional(oneOf(['dac-biet', 'i', 'ii', 'iii', 'iv'])),
    /** Those works are công trình quan trọng liên quan đến an ninh quốc gia. */
    securityWorks: Type.Optional(Type.Boolean()),
    /** Serves national defence or security. */
    defenceSecurity: Type.Optional(Type.Boolean()),
    /** Harm to national security if it is destroyed. */
    nationalSecurityHarm: Type.Optional(oneOf(['ton-hai', 'nghiem-trong', 'dac-biet-nghiem-trong'])),
    /** Of strategic nature (Decree 331 Đ15.1). */
    strategic: Type.Optional(Type.Boolean()),
    primeMinister: Type.Optional(setLevel),
    /** Level that the owner's risk assessment came to (Decree 331 Đ10.4-5). */
    risk: Type.Optional(setLevel),
  },
  closed,
);
export type LevelFacts = Readonly<Static<typeof factsSchema>>;

/** Documents of the dossier, Decree 331/2026 Đ21, Đ22.5. */
const dossierDocumentsSchema = Type.Object(
  {
    description: Type.Optional(documentSchema),
    design: Type.Optional(documentSchema),
    levelReasons: Type.Optional(documentSchema),
    plan: Type.Optional(documentSchema),
    /** Levels 4 and 5. */
    expertOpinion: Type.Optional(documentSchema),
    riskReport: Type.Optional(documentSchema),
  },
  closed,
);

/** Column 10 of Mẫu 08. */
export const implementationStates = ['chua-trien-khai', 'mot-so-hang-muc', 'day-du'] as const;
/** Column 12 of Mẫu 08. */
export const inspectionKinds = ['truoc-khi-su-dung', 'dinh-ky'] as const;

export const classificationSchema = Type.Object(
  {
    level: levelNumber,
    regime: Type.Optional(oneOf(regimes)),
    dossier: oneOf(dossierStates),
    /** Quyết định phê duyệt cấp độ. */
    decision: Type.Optional(documentSchema),
    /** Who approved, where it is an organisation of the inventory. */
    approvedBy: Type.Optional(id('organisation')),
    /** Quy chế bảo đảm an ninh mạng. */
    regulation: Type.Optional(documentSchema),
    /** The owner says that its rules are followed (Decree 331 Đ36.7). */
    regulationFollowed: Type.Optional(Type.Boolean()),
    expectedApproval: Type.Optional(day()),
    facts: Type.Optional(factsSchema),
    documents: Type.Optional(dossierDocumentsSchema),
    /** Dossier sent for appraisal; found incomplete and sent back (Đ23.2); received whole (Đ23.3 counts from here). */
    submitted: Type.Optional(day()),
    returned: Type.Optional(day()),
    accepted: Type.Optional(day()),
    appraisal: Type.Optional(
      Type.Object(
        {
          /** Who appraised; absent where it is no organisation of the inventory (Bộ Công an): see `document.issuer`. */
          by: Type.Optional(id('organisation')),
          /** Hội đồng thẩm định độc lập (Decree 331 Đ18.4.b). */
          council: Type.Optional(documentSchema),
          document: documentSchema,
          conclusion: oneOf(['phu-hop', 'chua-phu-hop']),
        },
        closed,
      ),
    ),
    /** Whole dossier received by who approves (Đ24.2 counts from here). */
    approvalReceived: Type.Optional(day()),
    /** Must be determined again, from this day and why (Decree 331 Đ25). */
    redetermine: Type.Optional(Type.Object({ since: day(), reason: text(500, { minLength: 1 }) }, closed)),
    /** Phương án bảo đảm an ninh mạng put in place: column 10 and 11 of Mẫu 08. */
    implementation: Type.Optional(
      Type.Object({ state: oneOf(implementationStates), expected: Type.Optional(day()) }, closed),
    ),
    inspections: Type.Optional(
      list(Type.Object({ kind: oneOf(inspectionKinds), document: documentSchema }, closed), 200),
    ),
    operation: Type.Optional(
      Type.Object({ state: oneOf(['dang-xay-dung', 'dang-van-hanh', 'ngung']), since: Type.Optional(day()) }, closed),
    ),
    /** Danh mục hệ thống thông tin quan trọng về an ninh quốc gia. */
    nationalSecurityList: Type.Optional(
      Type.Object(
        { state: oneOf(['co-can-cu', 'da-de-nghi', 'da-dua-vao']), document: Type.Optional(documentSchema) },
        closed,
      ),
    ),
    /** What was changed, when, by whom and on which document; oldest first. */
    history: Type.Optional(
      list(
        Type.Object(
          {
            on: day(),
            by: name,
            document: Type.Optional(documentSchema),
            level: Type.Optional(levelNumber),
            dossier: Type.Optional(oneOf(dossierStates)),
            note: Type.Optional(text(500)),
          },
          closed,
        ),
        500,
      ),
    ),
  },
  closed,
);
export type Classification = Readonly<Static<typeof classificationSchema>>;
