/** What was measured on this machine; everything else follows from it by arithmetic. */
export type Constants = {
  /** Processor time an endpoint, s: of those who scan, and of the store. */
  readonly workerCpu: number;
  readonly storeCpu: number;
  /** Kept an endpoint and run: bytes with indices, and rows. */
  readonly bytes: number;
  readonly rows: number;
  /** Sent to and received from an endpoint, bytes. */
  readonly traffic: number;
  /** Connections to an endpoint. */
  readonly connections: number;
  /** Time that one endpoint takes from its first connection to its last, at the measured manners and delays, s. */
  readonly lookSeconds: number;
  /** Memory of one worker, MB, with so many addresses under way. */
  readonly workerMb: number;
  readonly atOnce: number;
};

export type Wish = {
  readonly endpoints: number;
  /** The window that a run must fit into, hours. */
  readonly hours: number;
  readonly runsAYear: number;
  /** Share of the year's raw observations that is kept at any time: 1 keeps twelve months. */
  readonly keptYears: number;
};

export type Need = {
  /** Cores busy through the whole window. */
  readonly workerCores: number;
  readonly storeCores: number;
  /** Workers of one core each, three quarters busy. */
  readonly workers: number;
  readonly workersMemoryGb: number;
  /** Addresses under way at any time, over all workers: by Little's law. */
  readonly underWay: number;
  readonly endpointsASecond: number;
  readonly rowsASecond: number;
  readonly diskARunGb: number;
  readonly diskKeptTb: number;
  readonly networkMbitASecond: number;
  readonly connectionsASecond: number;
  /** A single core alone would need so many hours. */
  readonly hoursOnOneCore: number;
};

/** What a wish needs, were everything linear, which the table of workers shows as far as one machine can. */
export function needOf(measured: Constants, wish: Wish): Need {
  const seconds = wish.hours * 3600;
  const rate = wish.endpoints / seconds;
  const underWay = rate * measured.lookSeconds;
  const workerCores = rate * measured.workerCpu;
  // Enough processors, and enough addresses under way: whichever asks for more workers.
  const workers = Math.ceil(Math.max(workerCores / 0.75, underWay / measured.atOnce));
  return {
    workerCores,
    storeCores: rate * measured.storeCpu,
    workers,
    workersMemoryGb: (workers * measured.workerMb) / 1000,
    underWay,
    endpointsASecond: rate,
    rowsASecond: rate * measured.rows,
    diskARunGb: (wish.endpoints * measured.bytes) / 1e9,
    diskKeptTb: (wish.endpoints * measured.bytes * wish.runsAYear * wish.keptYears) / 1e12,
    networkMbitASecond: (rate * measured.traffic * 8) / 1e6,
    connectionsASecond: rate * measured.connections,
    hoursOnOneCore: (wish.endpoints * measured.workerCpu) / 3600,
  };
}
