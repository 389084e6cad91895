import type { Wiring } from './wiring.ts';

type Add = (wiring: Wiring) => void;
type Loader = () => Promise<Add>;

/** Every command in the order of the help, and where it is wired; a file is read when one of its commands is asked for. */
export const commands: readonly (readonly [names: readonly string[], load: Loader])[] = [
  [['scan'], async () => (await import('./scan.ts')).addScan],
  [['findings'], async () => (await import('./findings.ts')).addFindings],
  [['report'], async () => (await import('./report.ts')).addReport],
  [['export'], async () => (await import('./export.ts')).addExport],
  [['layers'], async () => (await import('./layers.ts')).addLayers],
  [['detection'], async () => (await import('./detection.ts')).addDetection],
  [['form'], async () => (await import('./form.ts')).addForm],
  [['rejudge'], async () => (await import('./rejudge.ts')).addRejudge],
  [['runs'], async () => (await import('./runs.ts')).addRuns],
  [['track'], async () => (await import('./track.ts')).addTrack],
  [['verify'], async () => (await import('./verify.ts')).addVerify],
  [['answers'], async () => (await import('./answers.ts')).addAnswers],
  [['trend'], async () => (await import('./trend.ts')).addTrend],
  [['history'], async () => (await import('./history.ts')).addHistory],
  [['diff'], async () => (await import('./diff.ts')).addDiff],
  [['notify'], async () => (await import('./notify.ts')).addNotify],
  [['zones'], async () => (await import('./zones.ts')).addZones],
  [['plan'], async () => (await import('./plan.ts')).addPlan],
  [['agent'], async () => (await import('./agent.ts')).addAgent],
  [['results'], async () => (await import('./results.ts')).addResults],
  [['evidence'], async () => (await import('./evidence.ts')).addEvidence],
  [['schedule'], async () => (await import('./schedule.ts')).addSchedule],
  [['status'], async () => (await import('./status.ts')).addStatus],
  [['serve'], async () => (await import('./serve.ts')).addServe],
  [['pause', 'stop', 'resume'], async () => (await import('./switch.ts')).addSwitch],
  [['controls'], async () => (await import('./controls.ts')).addControls],
  [['worker'], async () => (await import('./worker.ts')).addWorker],
  [['db'], async () => (await import('./db.ts')).addDb],
  [['inventory'], async () => (await import('./inventory.ts')).addInventory],
  [['level'], async () => (await import('./level.ts')).addLevel],
  [['tasks'], async () => (await import('./tasks.ts')).addTasks],
  [['checks'], async () => (await import('./checks.ts')).addChecks],
  [['tls'], async () => (await import('./tls.ts')).addTls],
  [['software'], async () => (await import('./software.ts')).addSoftware],
  [['feeds'], async () => (await import('./feeds.ts')).addFeeds],
  [['doctor'], async () => (await import('./doctor.ts')).addDoctor],
];

/** What a command line needs: the one command that it begins with, or all where it names none, for the help and for complaints. */
export async function commandsFor(args: readonly string[]): Promise<readonly Add[]> {
  const name = firstWord(args);
  const asked = commands.filter(([names]) => name !== undefined && names.includes(name));
  return Promise.all((asked.length === 0 ? commands : asked).map(([, load]) => load()));
}

/** The first word that is no option; `--lang` alone stands before a command and takes a word. */
function firstWord(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg, index) => !arg.startsWith('-') && args[index - 1] !== '--lang');
  return args[at];
}
