import type { ClearPart, TaskItem, TaskStatus } from '../../model/task-status.ts';
import type { Text } from '../../model/text.ts';
import type { Renamed } from './inventory.ts';
import { removed } from './scrub.ts';

type Scrub = (text: string) => string;

/** Where tasks stand, in the words of the texts alone: no records, documents, notes or people of the province. */
export function redactTasks(status: TaskStatus, scrub: Scrub, renamed: Renamed): TaskStatus {
  const text = ({ vi, en }: Text): Text => ({ vi: scrub(vi), en: scrub(en) });
  const clear = (part: ClearPart): ClearPart => {
    if (part.from === null) return { part: part.part, from: null };
    if ('before' in part) return { part: part.part, from: part.from, before: part.before };
    const says = part.from === 'text' ? text(part.says) : { vi: removed, en: removed };
    return { part: part.part, from: part.from, says };
  };
  return {
    day: status.day,
    conventions: status.conventions,
    tasks: status.tasks.map((task) => ({
      id: task.id,
      title: text(task.title),
      quote: scrub(task.quote),
      owner: text(task.owner),
      source: {
        instrument: scrub(task.source.instrument),
        ...(task.source.clause === undefined ? {} : { clause: scrub(task.source.clause) }),
      },
      ...(task.deadline === undefined
        ? {}
        : { deadline: 'before' in task.deadline ? task.deadline : { words: text(task.deadline.words) } }),
      periodic: task.periodic,
      rule: task.rule,
      ...(task.shows === undefined ? {} : { shows: text(task.shows) }),
      layers: task.layers,
      clear: task.clear.map(clear),
      state: task.state,
      ...(task.days === undefined ? {} : { days: task.days }),
    })),
    items: status.items.map((item) => redactItem(item, text, renamed)),
  };
}

function redactItem(item: TaskItem, text: (of: Text) => Text, renamed: Renamed): TaskItem {
  const { subject, due, evidence } = item;
  return {
    task: item.task,
    subject:
      subject.kind === 'system'
        ? { ...subject, system: renamed.system(subject.system) }
        : subject.kind === 'body'
          ? { kind: 'body', name: text(subject.name) }
          : subject,
    state: item.state,
    because: item.because,
    due: {
      ...(due.last === undefined ? {} : { last: due.last }),
      ...(due.original === undefined ? {} : { original: due.original }),
      ...(due.every === undefined ? {} : { every: due.every }),
    },
    ...(item.days === undefined ? {} : { days: item.days }),
    evidence: { findings: [], coverage: evidence.coverage, ...(evidence.at === undefined ? {} : { at: evidence.at }) },
  };
}
