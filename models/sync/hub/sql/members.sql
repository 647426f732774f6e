-- Who belongs to the shared database. Its administrators give and take roles by these functions; making logins is the
-- business of whoever may make roles on the server. The groups' names stand here, since functions must know them.

CREATE TABLE IF NOT EXISTS muster.group_role (what text PRIMARY KEY, name text NOT NULL);
CREATE TABLE IF NOT EXISTS muster.made_login (login text PRIMARY KEY, locked_at timestamptz);
COMMENT ON TABLE muster.made_login IS 'Logins that Muster made: they are locked when their access is taken away.';
ALTER TABLE muster.member ADD COLUMN IF NOT EXISTS changed_by text;

-- Administrators, and whoever may act as the owner of all this anyway. The login is the one that the server
-- authenticated: SET ROLE and settings of the session do not change it.
CREATE OR REPLACE FUNCTION muster.may_administer() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM muster.member m
        WHERE m.login = session_user AND m.role = 'administrator' AND m.revoked_at IS NULL
    ) OR pg_has_role(session_user, (SELECT n.nspowner FROM pg_namespace n WHERE n.nspname = 'muster'), 'MEMBER')
$$;

CREATE OR REPLACE FUNCTION muster.need_administrator() RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    IF NOT muster.may_administer() THEN
        RAISE EXCEPTION USING ERRCODE = 'MU010', MESSAGE = 'hub.not-administrator', DETAIL = session_user;
    END IF;
END $$;

-- Nobody locks the last administrator out by mistake; whoever may act as the owner still can.
CREATE OR REPLACE FUNCTION muster.keep_an_administrator(login text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    IF keep_an_administrator.login = session_user AND NOT EXISTS (
        SELECT FROM muster.member m
        WHERE m.login <> session_user AND m.role = 'administrator' AND m.revoked_at IS NULL
    ) AND EXISTS (
        SELECT FROM muster.member m WHERE m.login = session_user AND m.role = 'administrator' AND m.revoked_at IS NULL
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'MU011', MESSAGE = 'hub.last-administrator', DETAIL = session_user;
    END IF;
END $$;

-- Put a login into one of the groups (members, reports).
CREATE OR REPLACE FUNCTION muster.put_into(login text, what text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    group_name text := (SELECT g.name FROM muster.group_role g WHERE g.what = put_into.what);
    inherits text := CASE WHEN current_setting('server_version_num')::integer >= 160000
        THEN ' WITH INHERIT TRUE' ELSE '' END;
BEGIN
    EXECUTE format('GRANT %I TO %I', group_name, login) || inherits;
END $$;

-- Take a login out of a group, whoever put it there, as far as that may be undone from here.
CREATE OR REPLACE FUNCTION muster.take_out_of(login text, what text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    group_name text := (SELECT g.name FROM muster.group_role g WHERE g.what = take_out_of.what);
    by_whom name;
BEGIN
    FOR by_whom IN
        SELECT giver.rolname FROM pg_auth_members a
            JOIN pg_roles took ON took.oid = a.member
            JOIN pg_roles groups ON groups.oid = a.roleid
            JOIN pg_roles giver ON giver.oid = a.grantor
        WHERE took.rolname = take_out_of.login AND groups.rolname = group_name
    LOOP
        BEGIN
            IF current_setting('server_version_num')::integer >= 160000 THEN
                EXECUTE format('REVOKE %I FROM %I GRANTED BY %I', group_name, login, by_whom);
            ELSE
                EXECUTE format('REVOKE %I FROM %I', group_name, login);
            END IF;
        EXCEPTION WHEN insufficient_privilege THEN
            NULL;  -- given by somebody else on the server; without its row in `member` the login may nothing anyway
        END;
    END LOOP;
END $$;

-- Give a login a role ('report' for one that reads the reporting views only). The login must be there.
CREATE OR REPLACE FUNCTION muster.admit(login text, role text, made boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    PERFORM muster.need_administrator();
    IF role IS DISTINCT FROM 'report' AND NOT EXISTS (SELECT FROM muster.role r WHERE r.word = admit.role) THEN
        RAISE EXCEPTION USING ERRCODE = 'MU012', MESSAGE = 'hub.role-unknown', DETAIL = coalesce(role, '');
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = admit.login AND r.rolcanlogin) THEN
        RAISE EXCEPTION USING ERRCODE = 'MU013', MESSAGE = 'hub.login-unknown', DETAIL = coalesce(login, '');
    END IF;
    -- Who may make logins knows which ones were made; nobody else has one locked or opened by saying so.
    IF made AND EXISTS (SELECT FROM pg_roles r WHERE r.rolname = session_user AND (r.rolsuper OR r.rolcreaterole)) THEN
        INSERT INTO muster.made_login VALUES (admit.login)
            ON CONFLICT ON CONSTRAINT made_login_pkey DO UPDATE SET locked_at = NULL;
    END IF;
    IF role <> 'administrator' THEN
        PERFORM muster.keep_an_administrator(login);
    END IF;
    IF role = 'report' THEN
        UPDATE muster.member m SET revoked_at = clock_timestamp(), changed_by = session_user
            WHERE m.login = admit.login AND m.revoked_at IS NULL;
        PERFORM muster.take_out_of(login, 'members');
        PERFORM muster.put_into(login, 'reports');
        RETURN;
    END IF;
    INSERT INTO muster.member AS m (login, role) VALUES (admit.login, admit.role)
        ON CONFLICT ON CONSTRAINT member_pkey DO UPDATE SET role = excluded.role, revoked_at = NULL,
            changed_by = session_user;
    PERFORM muster.take_out_of(login, 'reports');
    PERFORM muster.put_into(login, 'members');
END $$;

-- Take a login's access away, at once. Answers whether there was any.
CREATE OR REPLACE FUNCTION muster.dismiss(login text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    was boolean;
BEGIN
    PERFORM muster.need_administrator();
    PERFORM muster.keep_an_administrator(login);
    was := EXISTS (SELECT FROM muster.membership() s WHERE s.login = dismiss.login AND s.revoked_at IS NULL);
    UPDATE muster.member m SET revoked_at = clock_timestamp(), changed_by = session_user
        WHERE m.login = dismiss.login AND m.revoked_at IS NULL;
    PERFORM muster.take_out_of(login, 'members');
    PERFORM muster.take_out_of(login, 'reports');
    UPDATE muster.made_login l SET locked_at = clock_timestamp() WHERE l.login = dismiss.login AND was;
    RETURN was;
END $$;

-- Everybody with access, and whose access was taken away. Times in milliseconds. can_login: the server lets it in.
DROP FUNCTION IF EXISTS muster.membership();
CREATE FUNCTION muster.membership() RETURNS TABLE (
    login text, role text, added_at bigint, added_by text, revoked_at bigint, can_login boolean, made boolean,
    last_seen bigint, devices bigint, in_group boolean
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM muster.need_administrator();
    RETURN QUERY
    SELECT m.login, m.role, floor(extract(epoch FROM m.added_at) * 1000)::bigint, m.added_by,
        floor(extract(epoch FROM m.revoked_at) * 1000)::bigint, coalesce(r.rolcanlogin, false),
        EXISTS (SELECT FROM muster.made_login l WHERE l.login = m.login),
        floor(extract(epoch FROM d.seen) * 1000)::bigint, coalesce(d.many, 0),
        EXISTS (
            SELECT FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid
            WHERE a.member = r.oid AND g.rolname IN (SELECT name FROM muster.group_role)
        )
    FROM muster.member m
        LEFT JOIN pg_roles r ON r.rolname = m.login
        LEFT JOIN (
            SELECT login, max(last_seen) AS seen, count(*) AS many FROM muster.device GROUP BY login
        ) d ON d.login = m.login
    UNION ALL
    SELECT r.rolname::text, 'report', NULL, NULL, NULL, r.rolcanlogin,
        EXISTS (SELECT FROM muster.made_login l WHERE l.login = r.rolname), NULL, 0::bigint, true
    FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.member JOIN pg_roles g ON g.oid = a.roleid
    WHERE g.rolname = (SELECT name FROM muster.group_role WHERE what = 'reports') AND r.rolcanlogin
        AND NOT EXISTS (SELECT FROM muster.member m WHERE m.login = r.rolname AND m.revoked_at IS NULL)
        -- Who made the group is counted as a member of it from PostgreSQL 16 on.
        AND NOT pg_has_role(r.oid, (SELECT n.nspowner FROM pg_namespace n WHERE n.nspname = 'muster'), 'MEMBER')
    GROUP BY r.rolname, r.rolcanlogin
    UNION ALL
    SELECT l.login, 'report', NULL, NULL, floor(extract(epoch FROM l.locked_at) * 1000)::bigint,
        coalesce(r.rolcanlogin, false), true, NULL, 0::bigint, false
    FROM muster.made_login l LEFT JOIN pg_roles r ON r.rolname = l.login
    WHERE l.locked_at NOTNULL AND NOT EXISTS (SELECT FROM muster.member m WHERE m.login = l.login)
    ORDER BY 5 NULLS FIRST, 1;
END $$;
