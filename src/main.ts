import { inPieces } from './cli/in-pieces.ts';
import { runProgram } from './cli/program.ts';
import { keepYoungHeapSmall, opensManySockets } from './cli/young-heap.ts';

const args = process.argv.slice(2);
// What holds many sockets keeps its heap small; what reads a year of findings would spend half its time on collecting then.
if (opensManySockets(args)) keepYoungHeapSmall();

// A reader that has seen enough (`| head`) ends the command; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 70);
});

const out = inPieces(process.stdout);
process.on('exit', out.flush);
const exitCode = await runProgram(args, {
  out,
  err: {
    // What was said before stands before.
    write: (text) => {
      out.flush();
      return process.stderr.write(text);
    },
    isTTY: process.stderr.isTTY,
    columns: process.stderr.columns,
  },
  env: process.env,
});
// Everything is stored and said. A socket that a probe left behind at its deadline must not keep the command alive.
out.flush();
process.stderr.write('', () => {
  process.stdout.write('', () => {
    process.exit(exitCode);
  });
});
