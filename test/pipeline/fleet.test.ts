import { describe } from 'vitest';
import { testBreaking } from './fleet/breaking.ts';
import { testControls } from './fleet/controls.ts';
import { testDeadline } from './fleet/deadline.ts';
import { testDesk } from './fleet/desk.ts';
import { testHolds } from './fleet/holds.ts';
import { useFleetLab } from './fleet/lab.ts';
import { testNames } from './fleet/names.ts';
import { testSending } from './fleet/sending.ts';
import { testUpgrade } from './fleet/upgrade.ts';
import { testWorkers } from './fleet/workers.ts';

// One file for vitest, because a PostgreSQL and its shape take longer than most of these tests do.
const lab = useFleetLab('127.80.2.1');

describe('the desk over store and queue', () => {
  testDesk(lab);
  testWorkers(lab);
});
describe('a name that only the zone can look up', () => {
  testNames(lab);
});
describe('a worker of before an upgrade', () => {
  testUpgrade(lab);
});
describe('a worker that breaks', () => {
  testBreaking(lab);
});
describe('the deadline of a run', () => {
  testDeadline(lab);
});
describe('sending lanes', () => {
  testSending(lab);
});
describe('readings of controls', () => {
  testControls(lab);
});
describe('holds of addresses', () => {
  testHolds(lab);
});
