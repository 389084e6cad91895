/* Writes the report of the invented province: `node test/report/preview.ts <folder> [systems]`. */
import { writeReport } from '../../src/report/write.ts';
import { fixture } from './fixture.ts';

const [, , folder, systems] = process.argv;
if (folder === undefined) throw new Error('name a folder');
const data = systems === undefined ? fixture() : fixture(Number(systems));
const started = process.hrtime.bigint();
const written = await writeReport(data, folder);
const ms = Number(process.hrtime.bigint() - started) / 1e6;
console.log(`${written.index}: ${written.files} files, ${written.bytes} bytes, ${Math.round(ms)} ms`);
