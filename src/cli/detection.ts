import { addDetectionImport } from './detection/import.ts';
import { addMarkers } from './detection/markers.ts';
import { addDetectionShow } from './detection/show.ts';
import type { Wiring } from './wiring.ts';

/** `rasoat detection markers|import|show`: did monitoring notice the scan. */
export function addDetection(wiring: Wiring): void {
  const { program, output } = wiring;
  const detection = program.command('detection').description(output.say('layers.detection.about')).helpCommand(false);
  for (const add of [addMarkers, addDetectionImport, addDetectionShow]) add({ ...wiring, program: detection });
}
