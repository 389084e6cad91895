import { Type } from '@sinclair/typebox';
import { controlKinds } from '../../model/inventory/control.ts';
import { kinds } from '../../model/observation.ts';
import { oneOf } from '../../model/schema.ts';
import { closed, count } from './json-words.ts';

/** Whether the run read servers of our own, whose state is known, as what they are. No server is named. */
export const controls = Type.Object(
  {
    standings: Type.Array(
      Type.Object(
        {
          family: Type.Union([Type.Literal(4), Type.Literal(6), Type.Null()], {
            description: 'Address family; null: names, which have none.',
          }),
          kind: oneOf(kinds),
          targets: count,
          state: oneOf(
            ['right', 'misread', 'unread', 'none'],
            'none: nothing vouches for it. misread, unread: verdicts of that kind and family are withheld.',
          ),
          by: Type.Array(oneOf(controlKinds)),
        },
        closed,
      ),
    ),
    withheld: Type.Integer({ minimum: 0, description: 'Findings that are not observed because of a control.' }),
    connections: Type.Integer({ minimum: 0, description: 'What our own servers received, counted apart.' }),
  },
  { ...closed, description: 'Null where nothing is known of controls.' },
);
