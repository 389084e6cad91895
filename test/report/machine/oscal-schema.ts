import { Type, type TSchema } from '@sinclair/typebox';

// The parts of OSCAL assessment results that we write, by NIST's definitions, written from reading them: release schema of the
// model (csrc.nist.gov/ns/oscal, oscal-ar-schema.json) as read on 25/11/2026 in its version 1.2.0; nothing here is newer than
// 1.1.2. It is stricter: what we do not write is refused. NIST's own file is on neither registry that this project reaches.

const closed = { additionalProperties: false } as const;
const strict = (properties: Record<string, TSchema>) => Type.Object(properties, closed);
const maybe = <T extends TSchema>(schema: T) => Type.Optional(schema);
/** Every list of the model holds one item at least. */
const some = (items: TSchema) => Type.Array(items, { minItems: 1 });

// Data types.
const uuid = Type.String({
  pattern: '^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$',
});
const token = Type.String({ pattern: '^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$' });
const string = Type.String({ pattern: '^\\S(.*\\S)?$' });
const markupLine = Type.String({ pattern: '^[^\\n]+$' });
const markupMultiline = Type.String({ minLength: 1 });
const uri = Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9+\\-.]+:.+$' });
/** A place in the document: we refer to nothing outside it. */
const fragment = Type.String({ pattern: '^#[0-9a-f-]{36}$' });
const dateTime = Type.String({
  pattern:
    '^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?(Z|\\+07:00)$',
});
const base64 = Type.String({ pattern: '^[0-9A-Za-z+/]+={0,2}$' });
const word = (...words: string[]) => Type.Unsafe<string>({ type: 'string', enum: words });

// oscal-metadata
const property = strict({ name: token, ns: maybe(uri), value: string });
const props = maybe(some(property));
const link = strict({ href: fragment, rel: word('reference'), text: markupLine });
const role = strict({ id: token, title: markupLine });
const party = strict({ uuid, type: word('person', 'organization'), name: string, props });
const responsibleRole = strict({ 'role-id': token, 'party-uuids': some(uuid) });
const metadata = strict({
  title: markupLine,
  'last-modified': dateTime,
  version: string,
  'oscal-version': word('1.1.2'),
  props,
  roles: some(role),
  parties: maybe(some(party)),
});
const resource = strict({
  uuid,
  title: maybe(markupLine),
  description: maybe(markupMultiline),
  props,
  'document-ids': maybe(some(strict({ identifier: string }))),
  base64: maybe(strict({ filename: token, 'media-type': string, value: base64 })),
});

// oscal-assessment-common
const control = strict({ 'control-id': token });
const reviewedControls = strict({
  'control-selections': some(
    Type.Union([
      strict({ 'include-controls': some(control) }),
      strict({ description: markupMultiline, 'include-all': strict({}), 'exclude-controls': maybe(some(control)) }),
    ]),
  ),
});
const objective = strict({
  'control-id': token,
  description: markupMultiline,
  props,
  parts: some(strict({ id: token, name: token, prose: markupMultiline })),
});
const activity = strict({
  uuid,
  title: markupLine,
  description: markupMultiline,
  props,
  steps: maybe(
    some(
      strict({
        uuid,
        title: markupLine,
        description: markupMultiline,
        props,
        'reviewed-controls': maybe(reviewedControls),
      }),
    ),
  ),
});
const actor = strict({ type: word('tool', 'assessment-platform', 'party'), 'actor-uuid': uuid });
const origin = strict({ actors: some(actor) });
const origins = maybe(some(origin));
const relatedObservation = strict({ 'observation-uuid': uuid });
const observation = strict({
  uuid,
  title: markupLine,
  description: markupMultiline,
  props,
  methods: some(word('EXAMINE', 'INTERVIEW', 'TEST', 'UNKNOWN')),
  types: some(word('control-objective', 'finding')),
  origins,
  subjects: some(strict({ 'subject-uuid': uuid, type: word('component', 'inventory-item') })),
  'relevant-evidence': maybe(some(strict({ description: markupMultiline, props }))),
  collected: dateTime,
});
const risk = strict({
  uuid,
  title: markupLine,
  description: markupMultiline,
  statement: markupMultiline,
  props,
  links: some(link),
  status: word('open', 'investigating', 'remediating', 'deviation-requested', 'deviation-approved', 'closed'),
  origins,
  characterizations: some(strict({ origin, facets: some(strict({ name: token, system: uri, value: string })) })),
  deadline: maybe(dateTime),
  'related-observations': some(relatedObservation),
});
const finding = strict({
  uuid,
  title: markupLine,
  description: markupMultiline,
  props,
  origins,
  target: strict({
    type: word('statement-id', 'objective-id'),
    'target-id': token,
    title: markupLine,
    status: strict({
      state: word('satisfied', 'not-satisfied'),
      reason: word('pass', 'fail', 'other'),
      remarks: maybe(markupMultiline),
    }),
  }),
  'related-observations': maybe(some(relatedObservation)),
  'related-risks': maybe(some(strict({ 'risk-uuid': uuid }))),
});

// oscal-implementation-common
const component = strict({
  uuid,
  type: string,
  title: markupLine,
  description: markupMultiline,
  props,
  status: strict({ state: word('under-development', 'operational', 'disposition', 'other') }),
  'responsible-roles': maybe(some(responsibleRole)),
});
const uses = some(strict({ 'component-uuid': uuid }));
const inventoryItem = strict({ uuid, description: markupMultiline, props, 'implemented-components': uses });

// oscal-ar
const result = strict({
  uuid,
  title: markupLine,
  description: markupMultiline,
  start: dateTime,
  end: dateTime,
  props,
  'local-definitions': strict({
    components: some(component),
    'inventory-items': maybe(some(inventoryItem)),
    'assessment-assets': strict({
      components: some(component),
      'assessment-platforms': some(strict({ uuid, title: markupLine, 'uses-components': uses })),
    }),
  }),
  'reviewed-controls': reviewedControls,
  observations: maybe(some(observation)),
  risks: maybe(some(risk)),
  findings: maybe(some(finding)),
});

/** A document of ours as NIST's model has it. */
export const oscalSchema = strict({
  'assessment-results': strict({
    uuid,
    metadata,
    'import-ap': strict({ href: fragment, remarks: markupMultiline }),
    'local-definitions': strict({ 'objectives-and-methods': maybe(some(objective)), activities: some(activity) }),
    results: some(result),
    'back-matter': strict({ resources: some(resource) }),
  }),
});
