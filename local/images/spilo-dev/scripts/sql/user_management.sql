-- Functions by which members of admin, who are no superusers, look after roles.
CREATE SCHEMA IF NOT EXISTS user_management;
GRANT USAGE ON SCHEMA user_management TO admin;

CREATE OR REPLACE FUNCTION user_management.random_password(length integer) RETURNS text
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $body$
    SELECT left(string_agg(replace(gen_random_uuid()::text, '-', ''), ''), length)
      FROM generate_series(1, length / 32 + 1)
$body$;

CREATE OR REPLACE FUNCTION user_management.create_application_user(username text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
DECLARE
    password text := user_management.random_password(32);
BEGIN
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', username, password);
    RETURN password;
END
$body$;

CREATE OR REPLACE FUNCTION user_management.create_application_user_or_change_password(username text, password text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = username) THEN
        EXECUTE format('CREATE ROLE %I LOGIN', username);
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L', username, password);
END
$body$;

SELECT format($make$
    CREATE OR REPLACE FUNCTION user_management.create_user(username text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    BEGIN
        EXECUTE format('CREATE ROLE %%I LOGIN IN ROLE %%I, admin', username, %L);
        EXECUTE format('ALTER ROLE %%I SET log_statement TO %%L', username, 'all');
    END
    $body$
$make$, :'human_role')
\gexec

CREATE OR REPLACE FUNCTION user_management.create_role(rolename text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
    EXECUTE format('CREATE ROLE %I WITH ADMIN admin', rolename);
END
$body$;

CREATE OR REPLACE FUNCTION user_management.revoke_admin(username text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
    EXECUTE format('REVOKE admin FROM %I', username);
END
$body$;

CREATE OR REPLACE FUNCTION user_management.drop_user(username text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
BEGIN
    EXECUTE format('DROP ROLE %I', username);
END
$body$;

CREATE OR REPLACE FUNCTION user_management.drop_role(username text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    SELECT user_management.drop_user(username)
$body$;

CREATE OR REPLACE FUNCTION user_management.terminate_backend(pid integer) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    SELECT pg_terminate_backend(pid)
$body$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA user_management FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA user_management TO admin;
