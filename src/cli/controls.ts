import { addControlsNginx } from './controls/nginx.ts';
import { addControlsShow } from './controls/show.ts';
import type { Wiring } from './wiring.ts';

/** `rasoat controls nginx|show`: servers of our own whose state is known. */
export function addControls(wiring: Wiring): void {
  const { program, output } = wiring;
  const controls = program.command('controls').description(output.say('controls.about')).helpCommand(false);
  addControlsShow(controls, wiring);
  addControlsNginx(controls, wiring);
}
