-- In every database: the statistics that monitoring reads, and set_user for administrators.
SELECT format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA public', name)
  FROM pg_available_extensions
 WHERE name IN ('pg_stat_statements', 'pg_stat_kcache', 'set_user')
   AND name = ANY (string_to_array(replace(current_setting('shared_preload_libraries'), ' ', ''), ','))
 ORDER BY name = 'pg_stat_kcache' -- needs pg_stat_statements
\gexec
SELECT format('GRANT EXECUTE ON FUNCTION %s TO admin', p.oid::regprocedure)
  FROM pg_proc p
 WHERE p.oid = to_regprocedure('public.set_user(text)')
    OR p.pronamespace = 'public'::regnamespace AND p.proname = 'pg_stat_statements_reset'
\gexec
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO admin;
GRANT SELECT ON pg_stat_activity TO admin;
