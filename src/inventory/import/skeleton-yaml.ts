import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { Skeleton } from './skeleton.ts';
import type { FormWords } from './words.ts';

/**
 * The skeleton as an inventory file. It is valid as it stands; what a person must add is a comment that begins with TODO right
 * where it belongs, and dots stand where the schema wants a word that nobody told.
 */
export function skeletonYaml({ organisations, systems, misread }: Skeleton, source: string, words: FormWords): string {
  const { say, blank } = words;
  const doc = new Document({
    schema: 1,
    province: { id: 'tinh', name: blank },
    zones: [{ id: 'internet', name: 'Internet' }],
    organisations: organisations.map(({ id, name }) => ({ id, name, headPosition: blank })),
    systems: systems.map(({ id, name, owner, operator, classification }) => ({
      id,
      name,
      owner,
      operator,
      ...(classification === undefined ? {} : { classification }),
      endpoints: [],
    })),
    authorisations: [],
  });
  doc.commentBefore = [
    ' yaml-language-server: $schema=./inventory.schema.json',
    '',
    ` ${say('head', { source })}`,
    ` ${say('head-todo')}`,
    ...(misread.length === 0 ? [] : ['', ` ${say('head-misread', { n: misread.length })}`]),
    ...misread.map((one) => `   ${one.sheet} ${one.cell}: "${one.text}" – ${say(`why.${one.why}`)}`),
  ].join('\n');
  comment(doc, ['province', 'name'], say('todo.province'));
  comment(doc, ['authorisations'], say('todo.authorisations'));
  for (const at of organisations.keys()) comment(doc, ['organisations', at, 'headPosition'], say('todo.head'));
  for (const [at, { todo }] of systems.entries()) {
    const node = doc.getIn(['systems', at], true);
    if (isMap(node) && todo.length > 0)
      node.commentBefore = todo.map((key) => ` TODO: ${say(`todo.${key}`)}`).join('\n');
    comment(doc, ['systems', at, 'endpoints'], say('todo.endpoints'));
  }
  return doc.toString({ lineWidth: 0, defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' });
}

function comment(doc: Document, path: readonly (string | number)[], words: string): void {
  const node = doc.getIn(path, true);
  if (isSeq(node)) node.flow = true;
  if (isSeq(node) || isScalar(node)) node.comment = ` TODO: ${words}`;
}
