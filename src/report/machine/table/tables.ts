import type { Ledger } from '../ledger.ts';
import type { Tell } from '../tell.ts';
import { costsTable } from './costs.ts';
import { coverageTable } from './coverage.ts';
import { findingsTable } from './findings.ts';
import { obligationsTable } from './obligations.ts';
import { systemsTable } from './systems.ts';
import { targetsTable } from './targets.ts';
import type { Table, TableName } from './table.ts';

/** Every table by its name. */
export const tables: Readonly<Record<TableName, (of: Ledger, tell: Tell) => Table>> = {
  findings: findingsTable,
  systems: systemsTable,
  obligations: obligationsTable,
  targets: targetsTable,
  costs: costsTable,
  coverage: coverageTable,
};
