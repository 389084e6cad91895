import { Type, type Static } from '@sinclair/typebox';
import { closed, oneOf, text } from '../schema.ts';
import { contactSchema, documentSchema, id, name } from './common.ts';

export const organisationKinds = [
  'ubnd-tinh',
  'so-ban-nganh',
  'ubnd-xa',
  'dang-doan-the',
  'trung-uong',
  'khac',
] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export const organisationSchema = Type.Object(
  {
    id: id('organisation'),
    name,
    nameEn: Type.Optional(name),
    parent: Type.Optional(id('organisation')),
    kind: Type.Optional(oneOf(organisationKinds)),
    /** Position of the head, who answers for the organisation's systems. */
    headPosition: name,
    /** Name of the head. */
    head: Type.Optional(name),
    address: Type.Optional(text(300)),
    /** Văn bản quy định chức năng, nhiệm vụ, quyền hạn (Decree 331 Đ36.1, Mẫu 08 part 2). */
    functions: Type.Optional(documentSchema),
    contact: Type.Optional(contactSchema),
    /** Đơn vị chuyên trách về an ninh mạng: itself, or the organisation that serves it. */
    specialisedUnit: Type.Optional(
      Type.Object({ organisation: id('organisation'), decision: Type.Optional(documentSchema) }, closed),
    ),
  },
  closed,
);
export type Organisation = Readonly<Static<typeof organisationSchema>>;
