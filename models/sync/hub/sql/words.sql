-- Small words that the other functions are written in.

-- The text as a UUID in its usual lower-case form; null where it is none. A pattern would take twice as long, and a
-- push looks at several of each entry.
CREATE OR REPLACE FUNCTION muster.as_uuid(value text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN length(value) = 36 AND length(replace(value, '-', '')) = 32
        AND substr(value, 9, 1) || substr(value, 14, 1) || substr(value, 19, 1) || substr(value, 24, 1) = '----'
        AND ltrim(replace(value, '-', ''), '0123456789abcdef') = ''
    THEN value::uuid
END;

CREATE OR REPLACE FUNCTION muster.is_whole(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN value ~ '^(0|-?[1-9][0-9]{0,18})$' THEN value::numeric BETWEEN -9223372036854775808 AND 9223372036854775807
    ELSE false
END;

-- The time of a stamp, as the records hold moments.
CREATE OR REPLACE FUNCTION muster.moment(stamp bigint) RETURNS text
LANGUAGE sql STABLE
RETURN to_char(to_timestamp((stamp >> 16) / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

CREATE OR REPLACE FUNCTION muster.now_ms() RETURNS bigint
LANGUAGE sql VOLATILE
RETURN floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint;

-- The month in which the time within an id (UUID version 7) lies; the beginning of all where it tells none.
CREATE OR REPLACE FUNCTION muster.month_of(id uuid) RETURNS date
LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN substr(id::text, 15, 1) = '7' AND substr(id::text, 1, 2) < '10' THEN
        date_trunc('month', to_timestamp(
            ('x0000' || replace(substr(id::text, 1, 13), '-', ''))::bit(64)::bigint / 1000 - 86400
        ) AT TIME ZONE 'UTC')::date
    ELSE '-infinity'::date
END;

CREATE OR REPLACE FUNCTION muster.text_of(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN value #>> '{}';

-- A line as JSON; null where it is none that the database can hold.
CREATE OR REPLACE FUNCTION muster.as_json(line text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN line::jsonb;
EXCEPTION WHEN others THEN
    RETURN NULL;
END $$;

-- The custom fields of a row, after a patch; null where there are none.
CREATE OR REPLACE FUNCTION muster.customs(old jsonb, patch jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN nullif(jsonb_strip_nulls(coalesce(old, '{}') || coalesce(
    (SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(patch) e WHERE e.key LIKE 'x\_%'), '{}'
)), '{}');

-- The role of whoever the server authenticated; null for those who are no members.
CREATE OR REPLACE FUNCTION muster.my_role() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
    SELECT m.role FROM muster.member m WHERE m.login = session_user AND m.revoked_at IS NULL
$$;

CREATE OR REPLACE FUNCTION muster.may_read(word text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
    SELECT EXISTS (SELECT FROM muster.role_reads r WHERE r.role = muster.my_role() AND r.word = may_read.word)
$$;

-- The role, or the condition that tells a client that it has none here.
CREATE OR REPLACE FUNCTION muster.member_role() RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found_role text := muster.my_role();
BEGIN
    IF found_role IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'MU001', MESSAGE = 'hub.no-member', DETAIL = session_user;
    END IF;
    RETURN found_role;
END $$;

-- For each table the restricted fields that a role does not see.
CREATE OR REPLACE FUNCTION muster.hidden(role text, tbl text) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(f.key) FROM muster.field f
    WHERE f.tbl = hidden.tbl AND f.readers IS NOT NULL
        AND NOT EXISTS (SELECT FROM muster.role_reads r WHERE r.role = hidden.role AND r.word = f.readers)
$$;

-- Room for the months ahead.
CREATE OR REPLACE FUNCTION muster.make_months(ahead integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    this date := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date;
    one date;
    name text;
BEGIN
    FOR one IN SELECT (this + make_interval(months => g))::date FROM generate_series(0, ahead) g LOOP
        CONTINUE WHEN EXISTS (SELECT FROM muster.month m WHERE m.month = one);
        name := 'entry_' || to_char(one, 'YYYY_MM');
        -- Made apart and attached: that needs no lock which those who read would wait for.
        EXECUTE format('CREATE TABLE muster.%I (LIKE muster.entry INCLUDING ALL)', name);
        EXECUTE format('ALTER TABLE muster.entry ATTACH PARTITION muster.%I FOR VALUES FROM (%L) TO (%L)',
            name, one, (one + interval '1 month')::date);
        INSERT INTO muster.month (month) VALUES (one);
    END LOOP;
END $$;
