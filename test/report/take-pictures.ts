// `node test/report/take-pictures.ts`: pictures of the invented province, in a few seconds; `npm run readme` takes them of the demo.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReport } from '../../src/report/write.ts';
import { fixture } from './fixture.ts';
import { fixtureTrack } from './fixture-track.ts';
import { takePictures } from './pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasoat-pictures-'));
const data = fixture();
await writeReport({ ...data, track: fixtureTrack(data) }, join(folder, 'report'));
await takePictures(join(folder, 'report'), { system: 'cong-dich-vu-cong', organisation: 'van-phong-ubnd' });
rmSync(folder, { recursive: true });
