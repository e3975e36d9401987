-- Scheduled jobs: only members of cron_admin may use them, and only where the server loads the library.
SELECT current_setting('shared_preload_libraries') ~ '\mpg_cron\M' AS loaded
\gset
\if :loaded
CREATE EXTENSION IF NOT EXISTS pg_cron SCHEMA pg_catalog;
REVOKE ALL ON ALL TABLES IN SCHEMA cron FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA cron FROM PUBLIC;
GRANT USAGE ON SCHEMA cron TO cron_admin;
GRANT SELECT ON cron.job, cron.job_run_details TO cron_admin;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA cron TO cron_admin;
\endif
