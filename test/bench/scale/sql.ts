/** What an overview of the country asks: how far each run is, and what it has found so far by severity. */
export const overviewSql = `
  select t.run, t.done, t.waiting, f.severity, f.fails, f.passes, f.unseen from (
    select run, sum(case when state = 'done' then 1 else 0 end) as done,
      sum(case when state = 'waiting' then 1 else 0 end) as waiting from target group by run
  ) t left join (
    select judgement.run, severity, sum(case when outcome = 'fail' then 1 else 0 end) as fails,
      sum(case when outcome = 'pass' then 1 else 0 end) as passes,
      sum(case when outcome = 'not-observed' then 1 else 0 end) as unseen
    from finding join judgement on judgement.id = finding.judgement group by judgement.run, severity
  ) f on f.run = t.run order by t.run, f.severity`;

/** Mean time that looking at one target took, and what one target received and sent; by the store's own columns. */
export const costSql = {
  connections: 'select coalesce(sum(connections), 0), coalesce(sum(bytes_sent + bytes_received), 0) from cost',
  lookMs: (ms: string) =>
    `select coalesce(avg(longest), 0) from (select run, target, max(${ms}) as longest from observation group by run, target) each_target`,
};

/** Anything that is there twice; none of these may give a row. */
export const doubledSql = [
  'select run, target, kind, count(*) from observation group by run, target, kind having count(*) > 1',
  'select judgement, target, "check", count(*) from finding group by judgement, target, "check" having count(*) > 1',
];

/** Targets that are done and have no observation, or the other way round: what was lost or half written. */
export const lostSql = [
  `select run, key from target where state = 'done' and not exists
     (select 1 from observation where observation.run = target.run and observation.target = target.key)`,
  `select distinct observation.run, observation.target from observation join target
     on target.run = observation.run and target.key = observation.target where target.state <> 'done'`,
];
