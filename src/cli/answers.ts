import type { Wiring } from './wiring.ts';
import { addAnswersExport } from './answers/export.ts';
import { addAnswersImport } from './answers/import.ts';
import { addAnswersRequests } from './answers/requests.ts';

/** `rasoat answers export|import|requests`: owners without access to the tool answer in a file. */
export function addAnswers(wiring: Wiring): void {
  const { program, output } = wiring;
  const answers = program.command('answers').description(output.say('answers.about'));
  addAnswersExport(answers, wiring);
  addAnswersImport(answers, wiring);
  addAnswersRequests(answers, wiring);
}
