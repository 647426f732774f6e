-- From the text that a client sends to entries, before any lock is taken. Everything in it may be hostile.

-- Whole actions that were sent ahead in parts stand where the line `staged` names them.
CREATE OR REPLACE FUNCTION muster.with_staged(device uuid, lines text) RETURNS text[]
LANGUAGE plpgsql AS $$
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

-- `items` are the entries in the order of their lines: the one with number n of deed k stands in line n + k + 1.
CREATE OR REPLACE FUNCTION muster.read_lines(
    IN lines text[], OUT items muster.item[], OUT deeds muster.deed[]
)
LANGUAGE plpgsql AS $$
DECLARE
    parsed jsonb[];
    at bigint[];
    now_stamp bigint := muster.now_ms() << 16 | 65535;
    -- Elements of one length are found at once, however many there are.
    ids uuid[];
    stamps bigint[];
    bad boolean[];
BEGIN
    BEGIN
        parsed := ARRAY(SELECT u.line::jsonb FROM unnest(lines) u(line));
    EXCEPTION WHEN others THEN
        parsed := ARRAY(SELECT muster.as_json(u.line) FROM unnest(lines) u(line));
    END;
    at := ARRAY(
        SELECT u.o FROM unnest(parsed) WITH ORDINALITY u(j, o)
        WHERE u.j ? 'a' AND NOT u.j ? 'e' AND jsonb_typeof(u.j) = 'object' ORDER BY u.o
    );
    deeds := ARRAY(
        SELECT ROW(
            d.k, muster.as_uuid(d.j ->> 'a'), left(d.j ->> 'title', 1000), left(d.j ->> 'source', 2000),
            left(d.j ->> 'author', 200), left(coalesce(d.j ->> 'device', ''), 200), least(v.stamp, now_stamp),
            CASE WHEN v.stamp > now_stamp THEN v.stamp END,
            muster.as_uuid(d.j ->> 'undoes'), left(d.j ->> 'details', 1000000),
            CASE
                WHEN muster.as_uuid(d.j ->> 'a') IS NULL OR d.j ->> 'title' IS NULL OR d.j ->> 'author' IS NULL
                    OR v.stamp IS NULL OR d.j ->> 'undoes' <> coalesce(muster.as_uuid(d.j ->> 'undoes')::text, '')
                THEN 'hub.malformed'
            END
        )::muster.deed
        FROM (SELECT a.k, parsed[a.o] AS j FROM unnest(at) WITH ORDINALITY a(o, k)) d
        CROSS JOIN LATERAL (
            SELECT CASE WHEN muster.is_whole(d.j ->> 'stamp') AND d.j ->> 'stamp' !~ '^-'
                THEN (d.j ->> 'stamp')::bigint END AS stamp
        ) v
        ORDER BY d.k
    );
    ids := ARRAY(SELECT coalesce(d.id, '00000000-0000-0000-0000-000000000000') FROM unnest(deeds) d ORDER BY d.k);
    stamps := ARRAY(SELECT coalesce(d.stamp, 0) FROM unnest(deeds) d ORDER BY d.k);
    bad := ARRAY(SELECT d.code IS NOT NULL FROM unnest(deeds) d ORDER BY d.k);
    items := ARRAY(
        SELECT ROW(
            q.o - q.k - 1, q.k, ids[q.k], stamps[q.k], q.id, q.tbl, q.r, q.p, nullif(q.b, 'null'), false,
            CASE
                WHEN q.id IS NULL OR q.r IS NULL OR q.k = 0 OR jsonb_typeof(q.p) IS DISTINCT FROM 'object'
                    OR jsonb_typeof(q.b) NOT IN ('object', 'null') OR q.tbl IS NULL OR bad[q.k]
                    -- No asset is without its kind, here as in the homes.
                    OR (q.tbl = 'asset' AND q.p ->> 'kind' IS NULL AND (q.p ? 'kind' OR jsonb_typeof(q.b) <> 'object'))
                THEN 'hub.malformed'
            END,
            false, NULL, NULL, false, 1
        )::muster.item
        FROM (
            SELECT u.o, width_bucket(u.o, at) AS k, muster.as_uuid(u.j ->> 'e') AS id, u.j ->> 't' AS tbl,
                muster.as_uuid(u.j ->> 'r') AS r, u.j -> 'p' AS p, u.j -> 'b' AS b
            FROM unnest(parsed) WITH ORDINALITY u(j, o)
            WHERE u.j IS NULL OR NOT u.j ? 'a' OR u.j ? 'e' OR jsonb_typeof(u.j) <> 'object'
            OFFSET 0 -- each part is taken out once
        ) q
    );
END $$;

-- What can be said of entries by themselves: rights, fields, forms of values. `missing` are the references to rows
-- that are not there yet: they may be made by the same batch.
CREATE OR REPLACE FUNCTION muster.judge(
    IN role text, INOUT items muster.item[], OUT missing muster.cell[]
)
LANGUAGE plpgsql AS $$
DECLARE
    found record;
    one muster.item;
    lacking muster.cell;
    looked muster.item[];
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
    -- New rows are looked at as a whole first; edits, and what is odd about new rows, field by field.
    looked := ARRAY(SELECT i FROM unnest(items) i WHERE i.code IS NULL AND i.b IS NOT NULL)
        || muster.odd(items);
    FOR found IN
        WITH cell AS MATERIALIZED (
            SELECT i.n, e.key, f.key AS known, f.kind, f.target, f.readers, muster.text_of(e.value) AS value, true AS after,
                jsonb_typeof(e.value) NOT IN ('string', 'null') OR (i.b IS NOT NULL AND NOT i.b ? e.key) AS bad,
                pg_column_size(e.value) > coalesce(f.most, 1000000) AS long
            FROM unnest(looked) i CROSS JOIN LATERAL jsonb_each(i.p) e
            LEFT JOIN muster.field f ON f.tbl = i.tbl AND f.key = e.key
            WHERE (f.key IS NULL OR f.kind <> 'text' OR f.readers IS NOT NULL
                OR jsonb_typeof(e.value) NOT IN ('string', 'null') OR pg_column_size(e.value) > f.most
                OR (i.b IS NOT NULL AND NOT i.b ? e.key))
            UNION ALL
            SELECT i.n, e.key, f.key, f.kind, NULL, NULL, muster.text_of(e.value), false,
                jsonb_typeof(e.value) NOT IN ('string', 'null') OR NOT i.p ? e.key,
                pg_column_size(e.value) > coalesce(f.most, 1000000)
            FROM unnest(looked) i CROSS JOIN LATERAL jsonb_each(i.b) e
            LEFT JOIN muster.field f ON f.tbl = i.tbl AND f.key = e.key
            WHERE i.b IS NOT NULL
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
        FROM judged j LEFT JOIN LATERAL (
            SELECT k.id FROM muster.known_row k WHERE k.id = muster.as_uuid(j.value) AND k.tbl = j.target OFFSET 0
        ) r ON j.target IS NOT NULL
        WHERE j.code IS NOT NULL OR j.known IS NULL OR j.readers IS NOT NULL OR (j.target IS NOT NULL AND r.id IS NULL)
        GROUP BY j.n
    LOOP
        one := items[found.n + 1];
        one.code := found.code;
        one.custom := found.custom;
        one.lost := found.lost;
        items[found.n + 1] := one;
        IF found.code IS NULL AND found.missing IS NOT NULL THEN
            -- One by one: array_append adds in place, while || copies all there is each time.
            FOREACH lacking IN ARRAY found.missing LOOP
                missing := array_append(missing, lacking);
            END LOOP;
        END IF;
    END LOOP;
END $$;
