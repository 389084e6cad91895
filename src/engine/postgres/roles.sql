-- Roles of a store in PostgreSQL, by least privilege. Run once by an administrator in the store's database, and again after every
-- upgrade (it says the same twice without harm):
--
--   psql -d rasoat -f src/engine/postgres/roles.sql
--
-- rasoat_owner   owns the tables and brings them to a newer shape; used for `rasoat db` and upgrades, not every day
-- rasoat_serve   the scheduler, the gateway and people's commands: reads and writes rows, makes no tables
-- rasoat_worker  workers beside the database: adds what was seen and closes runs; cannot change or delete evidence and history, reads
--                neither letters nor answers, and can turn no switch
-- rasoat_reader  dashboards and auditors: reads
-- Agents in other zones have no role: they never speak to the database.
-- Passwords are set apart (\password rasoat_serve) and live in ~/.pgpass alone.
do $$
declare
  name text;
begin
  foreach name in array array['rasoat_owner', 'rasoat_serve', 'rasoat_worker', 'rasoat_reader'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I login nosuperuser nocreatedb nocreaterole noreplication', name);
    end if;
    execute format('grant connect on database %I to %I', current_database(), name);
  end loop;
end $$;

revoke create on schema public from public;
-- The queue has a schema of its own, which the owner makes (`rasoat db migrate`).
do $$ begin
  execute format('grant create on database %I to rasoat_owner', current_database());
end $$;
grant usage, create on schema public to rasoat_owner;
grant usage on schema public to rasoat_serve, rasoat_worker, rasoat_reader;

-- What the owner makes later is given away the same way.
alter default privileges for role rasoat_owner in schema public
  grant select, insert, update, delete on tables to rasoat_serve, rasoat_worker;
alter default privileges for role rasoat_owner in schema public grant select on tables to rasoat_reader;
alter default privileges for role rasoat_owner in schema public
  grant usage, select on sequences to rasoat_serve, rasoat_worker;

grant select, insert, update, delete on all tables in schema public to rasoat_serve, rasoat_worker;
grant select on all tables in schema public to rasoat_reader;
grant usage, select on all sequences in schema public to rasoat_serve, rasoat_worker;

-- Evidence and history only grow. A worker that is taken over cannot rewrite what it or others saw.
do $$
declare
  name text;
begin
  foreach name in array array['snapshot', 'observation', 'history', 'sighting', 'run_event', 'detection_return',
    'detection_sighting'] loop
    if to_regclass(format('public.%I', name)) is not null then
      execute format('revoke update, delete, truncate on public.%I from rasoat_worker', name);
    end if;
  end loop;
  foreach name in array array['run', 'target', 'judgement', 'life', 'history_head',
    'kysely_migration', 'kysely_migration_lock'] loop
    if to_regclass(format('public.%I', name)) is not null then
      execute format('revoke delete, truncate on public.%I from rasoat_worker', name);
    end if;
  end loop;
  foreach name in array array['kysely_migration', 'kysely_migration_lock'] loop
    if to_regclass(format('public.%I', name)) is not null then
      execute format('revoke insert, update on public.%I from rasoat_worker', name);
    end if;
  end loop;
  foreach name in array array['answer_sheet', 'notice', 'notice_told', 'carried_plan'] loop
    if to_regclass(format('public.%I', name)) is not null then
      execute format('revoke all on public.%I from rasoat_worker', name);
    end if;
  end loop;
  foreach name in array array['fleet_switch', 'scheduler', 'pruned'] loop
    if to_regclass(format('public.%I', name)) is not null then
      execute format('revoke insert, update, delete, truncate on public.%I from rasoat_worker', name);
    end if;
  end loop;
  if to_regnamespace('rasoat_queue') is not null then
    grant usage on schema rasoat_queue to rasoat_serve, rasoat_worker;
    grant select, insert, update, delete on all tables in schema rasoat_queue to rasoat_serve, rasoat_worker;
    grant usage, select on all sequences in schema rasoat_queue to rasoat_serve, rasoat_worker;
    grant execute on all functions in schema rasoat_queue to rasoat_serve, rasoat_worker;
  end if;
end $$;
