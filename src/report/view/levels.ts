import { dossierStates } from '../../model/inventory/level-words.ts';
import { message, type Message } from '../../model/text.ts';
import { percent } from './bar.ts';
import type { SystemFile } from './report-index.ts';

/** One step of a count over all systems. `width` is a percentage of all systems, for SVG. */
export type Step = { readonly word: Message; readonly n: number; readonly width: string; readonly unknown: boolean };

/** Levels claimed and states of the dossiers, each over all systems. */
export type Levels = { readonly systems: number; readonly levels: readonly Step[]; readonly dossiers: readonly Step[] };

/** Counts levels (highest first) and dossier states (in the order in which a dossier passes through them). */
export function levels(files: readonly SystemFile[]): Levels {
  const step = (word: string, unknown: boolean, holds: (file: SystemFile) => boolean): Step => {
    const n = files.filter(holds).length;
    return { word: message(word), n, width: percent(files.length === 0 ? 0 : (n / files.length) * 100), unknown };
  };
  const without = (file: SystemFile): boolean => file.system.classification === undefined;
  return {
    systems: files.length,
    levels: [
      ...([5, 4, 3, 2, 1] as const).map((level) =>
        step(`words.level.${level}`, false, (file) => file.system.classification?.level === level),
      ),
      step('words.level.none', true, without),
    ],
    dossiers: [
      step('words.dossier.none', true, without),
      ...dossierStates.map((state) =>
        step(`words.dossier.${state}`, false, (file) => file.system.classification?.dossier === state),
      ),
    ],
  };
}
