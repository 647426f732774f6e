-- From the text that a client sends to entries, before any lock is taken. Everything in it may be hostile.

-- Whole actions that were sent ahead in parts stand where the line `staged` names them.
CREATE OR REPLACE FUNCTION muster.with_staged(device uuid, lines text) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    all_lines text[] := string_to_array(lines, E'\n');
    told record;
    parts text[];
    whole text[] := '{}';
    named text[] := '{}';
    after integer := 1;
BEGIN
    IF strpos(lines, '{"staged"') = 0 THEN
        RETURN array_remove(all_lines, '');
    END IF;
    FOR told IN
        SELECT u.o, muster.as_json(u.line) AS j FROM unnest(all_lines) WITH ORDINALITY u(line, o)
        WHERE u.line LIKE '{"staged"%' ORDER BY u.o
    LOOP
        parts := ARRAY(
            SELECT s.lines FROM muster.staged s
            WHERE s.device = with_staged.device AND s.login = session_user
                AND s.action = muster.as_uuid(told.j ->> 'staged')
            ORDER BY s.part
        );
        IF to_jsonb(cardinality(parts)) IS DISTINCT FROM told.j -> 'parts' THEN
            RAISE EXCEPTION USING ERRCODE = 'MU005', MESSAGE = 'hub.stage-missing', DETAIL = told.j ->> 'staged';
        END IF;
        -- Named over and over, one action would fill the server's memory.
        IF told.j ->> 'staged' = ANY (named) THEN
            RAISE EXCEPTION USING ERRCODE = 'MU006', MESSAGE = 'hub.too-large';
        END IF;
        named := array_append(named, told.j ->> 'staged');
        whole := whole || all_lines[after:told.o - 1] || string_to_array(array_to_string(parts, E'\n'), E'\n');
        after := told.o + 1;
    END LOOP;
    RETURN array_remove(whole || all_lines[after:], '');
END $$;

CREATE OR REPLACE FUNCTION muster.read_lines(
    IN lines text[], OUT items muster.item[], OUT deeds muster.deed[], OUT raw text[]
)
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp SET work_mem = '32MB' AS $$
DECLARE
    parsed jsonb[];
    now_stamp bigint := muster.now_ms() << 16 | 65535;
    -- Elements of one length are found at once, however many there are.
    ids uuid[];
    stamps bigint[];
    bad boolean[];
BEGIN
    BEGIN
        parsed := ARRAY(SELECT u.line::jsonb FROM unnest(lines) WITH ORDINALITY u(line, o) ORDER BY u.o);
    EXCEPTION WHEN others THEN
        parsed := ARRAY(SELECT muster.as_json(u.line) FROM unnest(lines) WITH ORDINALITY u(line, o) ORDER BY u.o);
    END;
    deeds := ARRAY(
        SELECT ROW(
            row_number() OVER (ORDER BY u.o), muster.as_uuid(u.j ->> 'a'), left(u.j ->> 'title', 1000),
            left(u.j ->> 'source', 2000), left(u.j ->> 'author', 200), left(coalesce(u.j ->> 'device', ''), 200),
            CASE WHEN v.stamp > now_stamp THEN now_stamp ELSE v.stamp END,
            CASE WHEN v.stamp > now_stamp THEN v.stamp END,
            muster.as_uuid(u.j ->> 'undoes'), left(u.j ->> 'details', 1000000),
            CASE
                WHEN muster.as_uuid(u.j ->> 'a') IS NULL OR u.j ->> 'title' IS NULL OR u.j ->> 'author' IS NULL
                    OR v.stamp IS NULL OR u.j ->> 'undoes' <> coalesce(muster.as_uuid(u.j ->> 'undoes')::text, '')
                THEN 'hub.malformed'
            END
        )::muster.deed
        FROM unnest(parsed) WITH ORDINALITY u(j, o)
        CROSS JOIN LATERAL (
            SELECT CASE WHEN muster.is_whole(u.j ->> 'stamp') AND u.j ->> 'stamp' !~ '^-'
                THEN (u.j ->> 'stamp')::bigint END AS stamp
        ) v
        WHERE jsonb_typeof(u.j) = 'object' AND u.j ? 'a' AND NOT u.j ? 'e'
        ORDER BY u.o
    );
    ids := ARRAY(SELECT coalesce(d.id, '00000000-0000-0000-0000-000000000000') FROM unnest(deeds) d ORDER BY d.k);
    stamps := ARRAY(SELECT coalesce(d.stamp, 0) FROM unnest(deeds) d ORDER BY d.k);
    bad := ARRAY(SELECT d.code IS NOT NULL FROM unnest(deeds) d ORDER BY d.k);
    SELECT array_agg(ROW(
            q.n, q.k, ids[q.k], stamps[q.k], q.id, q.tbl, q.r, q.p, nullif(q.b, 'null'), false,
            CASE
                WHEN q.id IS NULL OR q.r IS NULL OR q.k = 0 OR jsonb_typeof(q.p) IS DISTINCT FROM 'object'
                    OR jsonb_typeof(q.b) NOT IN ('object', 'null') OR q.tbl IS NULL OR bad[q.k]
                THEN 'hub.malformed'
            END,
            false, NULL, NULL, false, 1
        )::muster.item ORDER BY q.n),
        array_agg(q.line ORDER BY q.n)
    INTO items, raw
    FROM (
        SELECT w.n, w.k, w.line, muster.as_uuid(w.j ->> 'e') AS id, w.j ->> 't' AS tbl, muster.as_uuid(w.j ->> 'r') AS r,
            w.j -> 'p' AS p, w.j -> 'b' AS b
        FROM (
            SELECT v.j, v.line, v.deed,
                (count(*) FILTER (WHERE NOT v.deed) OVER (ORDER BY v.o ROWS UNBOUNDED PRECEDING) - 1)::integer AS n,
                (count(*) FILTER (WHERE v.deed) OVER (ORDER BY v.o ROWS UNBOUNDED PRECEDING))::integer AS k
            FROM (
                SELECT u.j, u.line, u.o,
                    coalesce(jsonb_typeof(u.j) = 'object' AND u.j ? 'a' AND NOT u.j ? 'e', false) AS deed
                FROM unnest(parsed, lines) WITH ORDINALITY u(j, line, o)
            ) v
        ) w
        WHERE NOT w.deed
    ) q;
    items := coalesce(items, '{}');
    raw := coalesce(raw, '{}');
END $$;

-- What can be said of entries by themselves: rights, fields, forms of values. `missing` are the references to rows
-- that are not there yet: they may be made by the same batch.
CREATE OR REPLACE FUNCTION muster.judge(
    IN role text, INOUT items muster.item[], OUT missing muster.cell[]
)
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp SET work_mem = '32MB' AS $$
DECLARE
    found record;
    one muster.item;
    writes text[] := ARRAY(SELECT r.tbl FROM muster.role_right r WHERE r.role = judge.role);
    reads text[] := ARRAY(SELECT r.word FROM muster.role_reads r WHERE r.role = judge.role);
BEGIN
    missing := '{}';
    FOR found IN
        SELECT i.n, CASE WHEN k.tbl IS NULL THEN 'hub.malformed' ELSE 'hub.no-right' END AS code
        FROM unnest(items) i LEFT JOIN muster.kind k ON k.tbl = i.tbl
        WHERE i.code IS NULL AND (k.tbl IS NULL OR NOT i.tbl = ANY (writes))
    LOOP
        one := items[found.n + 1];
        one.code := found.code;
        items[found.n + 1] := one;
    END LOOP;
    FOR found IN
        WITH cell AS MATERIALIZED (
            SELECT i.n, e.key, f.key AS known, f.kind, f.target, f.readers, muster.text_of(e.value) AS value, true AS after,
                jsonb_typeof(e.value) NOT IN ('string', 'null') OR (i.b IS NOT NULL AND NOT i.b ? e.key) AS bad,
                pg_column_size(e.value) > coalesce(f.most, 1000000) AS long
            FROM unnest(items) i CROSS JOIN LATERAL jsonb_each(i.p) e
            LEFT JOIN muster.field f ON f.tbl = i.tbl AND f.key = e.key
            WHERE i.code IS NULL AND (f.key IS NULL OR f.kind <> 'text' OR f.readers IS NOT NULL
                OR jsonb_typeof(e.value) NOT IN ('string', 'null') OR pg_column_size(e.value) > f.most
                OR (i.b IS NOT NULL AND NOT i.b ? e.key))
            UNION ALL
            SELECT i.n, e.key, f.key, f.kind, NULL, NULL, muster.text_of(e.value), false,
                jsonb_typeof(e.value) NOT IN ('string', 'null') OR NOT i.p ? e.key,
                pg_column_size(e.value) > coalesce(f.most, 1000000)
            FROM unnest(items) i CROSS JOIN LATERAL jsonb_each(i.b) e
            LEFT JOIN muster.field f ON f.tbl = i.tbl AND f.key = e.key
            WHERE i.code IS NULL AND i.b IS NOT NULL
        ), judged AS (
            SELECT c.n, c.key, c.known, c.target, c.value, c.readers,
                CASE
                    WHEN c.bad THEN 'hub.malformed'
                    WHEN c.known IS NULL AND c.key !~ '^x_[a-z0-9_]{1,60}$' THEN 'hub.unknown-field'
                    WHEN c.long THEN 'hub.too-long'
                    WHEN c.kind = 'whole' AND c.value IS NOT NULL AND NOT muster.is_whole(c.value) THEN 'hub.malformed'
                    WHEN c.kind = 'ref' AND c.value IS NOT NULL AND muster.as_uuid(c.value) IS NULL THEN 'hub.malformed'
                END AS code
            FROM cell c
        )
        SELECT j.n, max(j.code) AS code, bool_or(j.known IS NULL) AS custom,
            array_agg(j.key) FILTER (WHERE j.readers IS NOT NULL AND NOT j.readers = ANY (reads)) AS lost,
            array_agg(ROW(j.n, j.key, j.target, muster.as_uuid(j.value))::muster.cell) FILTER (WHERE r.id IS NULL
                AND j.target IS NOT NULL AND j.value IS NOT NULL AND j.code IS NULL) AS missing
        FROM judged j LEFT JOIN muster.known_row r
            ON j.target IS NOT NULL AND r.id = muster.as_uuid(j.value) AND r.tbl = j.target
        WHERE j.code IS NOT NULL OR j.known IS NULL OR j.readers IS NOT NULL OR (j.target IS NOT NULL AND r.id IS NULL)
        GROUP BY j.n
    LOOP
        one := items[found.n + 1];
        one.code := found.code;
        one.custom := found.custom;
        one.lost := found.lost;
        items[found.n + 1] := one;
        IF found.code IS NULL AND found.missing IS NOT NULL THEN
            missing := missing || found.missing;
        END IF;
    END LOOP;
END $$;
