import { Type, type TSchema } from '@sinclair/typebox';
import { certainties } from '../../model/framework.ts';
import { levels, regimes, type Level } from '../../model/inventory/level-words.ts';
import { authorities, dossierParts, terms } from '../../model/level-law.ts';
import { closed, list, oneOf, text } from '../../model/schema.ts';
import { bothLanguages, day, idPattern, inForce, instrument, words } from '../framework-schema.ts';

const level = Type.Unsafe<Level>({ type: 'integer', enum: [...levels] });
const someLevels = list(level, levels.length, { minItems: 1 });
const article = words(120);
const ruled = Type.Object({ article, text: bothLanguages }, closed);

/** A condition is looked at by `law-rules.ts`, which can say what is wrong deep inside it. */
const condition = Type.Object({});

const limb = Type.Object(
  {
    level,
    article,
    text: bothLanguages,
    when: condition,
    presumes: Type.Optional(
      list(Type.Object({ fact: words(64), value: Type.Boolean(), because: bothLanguages }, closed), 20, {
        minItems: 1,
      }),
    ),
  },
  closed,
);

const procedure = Type.Object(
  {
    levels: someLevels,
    appraiser: oneOf(authorities),
    approver: oneOf(authorities),
    appraisedBy: article,
    approvedBy: article,
    forms: list(Type.Object({ number: words(10), text: bothLanguages }, closed), 20),
    note: Type.Optional(bothLanguages),
  },
  closed,
);

const transition = Type.Object(
  {
    from: day(),
    kept: Type.Object({ article, measuresBy: day(), text: bothLanguages }, closed),
    building: Type.Object({ article, approvalBy: day(), measuresBy: day(), text: bothLanguages }, closed),
  },
  closed,
);

/** Shape of a file of `checks/frameworks/levels/`. */
export const levelLawSchema = Type.Object(
  {
    id: text(64, { pattern: `^${idPattern}$` }),
    regime: oneOf(regimes),
    title: bothLanguages,
    instrument,
    inForce,
    highest: ruled,
    limbs: list(limb, 200, { minItems: 1 }),
    authorities: Type.Object(
      Object.fromEntries(authorities.map((one): [string, TSchema] => [one, Type.Optional(bothLanguages)])),
      closed,
    ),
    procedures: list(procedure, 20, { minItems: 1 }),
    listed: Type.Optional(Type.Object({ follows: level, article }, closed)),
    ownFields: Type.Optional(
      Type.Object({ from: level, defence: Type.Optional(article), cipher: Type.Optional(article) }, closed),
    ),
    terms: list(
      Type.Object(
        {
          term: oneOf(terms),
          levels: someLevels,
          days: Type.Integer(),
          unit: oneOf(['working-days', 'days']),
          article,
        },
        closed,
      ),
      40,
    ),
    dossier: list(Type.Object({ part: oneOf(dossierParts), levels: someLevels, article }, closed), 40),
    independence: Type.Optional(ruled),
    assessor: Type.Optional(Type.Object({ article, licensedFrom: level }, closed)),
    regulationBefore: Type.Optional(Type.Object({ article, from: Type.Optional(day()) }, closed)),
    transition: Type.Optional(transition),
    notes: Type.Optional(bothLanguages),
  },
  closed,
);

const dayOff = { day: day(), basis: words(200), certainty: oneOf(certainties) };

/** Shape of a file of `checks/frameworks/calendar/`. */
export const calendarSchema = Type.Object(
  {
    year: Type.Integer(),
    source: words(1000),
    readOn: day(),
    off: list(Type.Object({ ...dayOff, name: bothLanguages }, closed), 60, { minItems: 1 }),
    worked: Type.Optional(list(Type.Object(dayOff, closed), 20)),
    notes: Type.Optional(bothLanguages),
  },
  closed,
);
