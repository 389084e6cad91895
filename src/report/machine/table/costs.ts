import type { ScanCost } from '../../../model/run.ts';
import type { Ledger } from '../ledger.ts';
import type { Tell } from '../tell.ts';
import { tableOf, type Column, type Table } from './table.ts';

/** What each listed address received from us. */
export function costsTable({ index }: Ledger, tell: Tell): Table {
  const columns: readonly Column<ScanCost>[] = [
    { key: 'address', of: ({ address }) => tell.shown(address) },
    { key: 'connections', of: ({ connections }) => connections },
    { key: 'datagrams', of: ({ datagrams }) => datagrams },
    { key: 'refused_by_guard', of: ({ refusedByGuard }) => refusedByGuard },
    { key: 'bytes_sent', of: ({ bytesSent }) => bytesSent },
    { key: 'bytes_received', of: ({ bytesReceived }) => bytesReceived },
    { key: 'peak_per_second', of: ({ peakPerSecond }) => peakPerSecond },
  ];
  return tableOf(
    'costs',
    columns,
    index.data.costs.filter(({ address }) => address !== ''),
  );
}
