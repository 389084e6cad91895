import { runProgram } from './cli/program.ts';
import { keepYoungHeapSmall } from './cli/young-heap.ts';

keepYoungHeapSmall();

process.exitCode = await runProgram(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  env: process.env,
});
