-- The one door through which anything is written.

-- Marks what the journal has already; gives what it kept of those entries to the answer.
CREATE OR REPLACE FUNCTION muster.find_had(INOUT items muster.item[])
LANGUAGE plpgsql AS $$
DECLARE
    found record;
    one muster.item;
    since date := (SELECT min(muster.month_of(i.id)) FROM unnest(items) i WHERE i.id IS NOT NULL);
BEGIN
    IF EXISTS (SELECT FROM unnest(items) i JOIN muster.early y ON y.id = i.id) THEN
        since := '-infinity';
    END IF;
    FOR found IN
        SELECT i.n, e.* FROM unnest(items) i CROSS JOIN LATERAL (
            SELECT h.position, h.tbl, h."row", h.patch, h.base, h.lost FROM muster.entry h
            WHERE h.id = i.id AND h.month >= since
            UNION ALL
            SELECT h.position, h.tbl, h."row", h.patch, h.base, h.lost FROM muster.archive h
            WHERE h.id = i.id AND h.month >= since
        ) e
    LOOP
        one := items[found.n + 1];
        one.had := true;
        one.code := NULL;
        one.position := found.position;
        one.lost := found.lost;
        one.amended := (one.p, one.b) IS DISTINCT FROM (found.patch, found.base);
        -- Of the entry that the journal has, not of what was said to have its id: what is hidden depends on it.
        one.tbl := found.tbl;
        one.r := found."row";
        one.p := found.patch;
        one.b := found.base;
        items[found.n + 1] := one;
    END LOOP;
    -- What was refused stays so, however often it is sent: the answer may have been lost.
    FOR found IN
        SELECT i.n, s.code FROM unnest(items) i CROSS JOIN LATERAL (
            SELECT a.code FROM muster.set_aside a WHERE a.entry = i.id AND a.login = session_user LIMIT 1
        ) s WHERE i.code IS NULL AND NOT i.had
    LOOP
        one := items[found.n + 1];
        one.code := found.code;
        items[found.n + 1] := one;
    END LOOP;
END $$;

-- Refuses what speaks of rows that are not there, or makes those that are; then makes the new rows known.
CREATE OR REPLACE FUNCTION muster.find_rows(INOUT items muster.item[])
LANGUAGE plpgsql AS $$
DECLARE
    found record;
    one muster.item;
BEGIN
    FOR found IN
        SELECT q.n, CASE WHEN q.twin > 1 THEN 'twin' WHEN q.b IS NULL THEN 'hub.row-exists' ELSE 'hub.no-row' END AS code
        FROM (
            SELECT w.*, k.tbl AS known
            FROM (
                SELECT i.n, i.r, i.tbl, i.b,
                    count(*) FILTER (WHERE i.b IS NULL) OVER (PARTITION BY i.r ORDER BY i.n ROWS UNBOUNDED PRECEDING)
                        AS made,
                    count(*) FILTER (WHERE i.b IS NULL)
                        OVER (PARTITION BY i.r, i.tbl ORDER BY i.n ROWS UNBOUNDED PRECEDING) AS made_here,
                    row_number() OVER (PARTITION BY i.id ORDER BY i.n) AS twin
                FROM unnest(items) i WHERE i.code IS NULL AND NOT i.had
            ) w LEFT JOIN LATERAL (SELECT r.tbl FROM muster.known_row r WHERE r.id = w.r OFFSET 0) k ON true
        ) q
        WHERE q.twin > 1 OR CASE WHEN q.b IS NULL THEN q.known IS NOT NULL OR q.made > 1
            ELSE coalesce(q.known <> q.tbl, q.made_here = 0) END
    LOOP
        one := items[found.n + 1];
        one.code := found.code;
        items[found.n + 1] := one;
    END LOOP;
    INSERT INTO muster.known_row (id, tbl)
    SELECT i.r, i.tbl FROM unnest(items) i WHERE i.code IS NULL AND NOT i.had AND i.b IS NULL;
END $$;

-- Refuses entries of deeds that are another's, or that take back another's.
CREATE OR REPLACE FUNCTION muster.check_deeds(IN role text, IN deeds muster.deed[], INOUT items muster.item[])
LANGUAGE plpgsql AS $$
DECLARE
    one muster.item;
    others integer[] := ARRAY(
        SELECT d.k FROM unnest(deeds) d JOIN muster.action a ON a.id = d.id WHERE a.login IS DISTINCT FROM session_user
        UNION
        SELECT d.k FROM unnest(deeds) d JOIN muster.action a ON a.id = d.undoes
        WHERE a.login IS DISTINCT FROM session_user
            AND NOT EXISTS (SELECT FROM muster.role r WHERE r.word = check_deeds.role AND r.anyones)
    );
BEGIN
    IF others <> '{}' THEN
        FOR one IN SELECT i.* FROM unnest(items) i WHERE i.deed = ANY (others) AND i.code IS NULL AND NOT i.had LOOP
            one.code := 'hub.not-own';
            items[one.n + 1] := one;
        END LOOP;
    END IF;
END $$;

-- Writes accepted entries, all of one wave and one table: rows, then the journal.
CREATE OR REPLACE FUNCTION muster.take(
    IN tbl text, IN this_month date, INOUT items muster.item[], INOUT matters jsonb[]
)
LANGUAGE plpgsql AS $$
DECLARE
    made record;
BEGIN
    SELECT * INTO made FROM muster.apply(tbl, items, matters);
    items := made.items;
    matters := made.matters;
    INSERT INTO muster.entry (position, month, id, action, tbl, "row", patch, base, lost)
    SELECT i.position, this_month, i.id, i.action, i.tbl, i.r, i.p, i.b, i.lost FROM unnest(items) i;
END $$;

CREATE OR REPLACE FUNCTION muster.push(device uuid, token uuid, cursor_position bigint, lines text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp SET lock_timeout = '30s' SET work_mem = '32MB'
-- One plan for few entries and for many: whatever is looked up is found by its index, also in tables that were empty
-- when the plan was made (joins are written as LATERAL, so that there is no other way).
SET enable_seqscan = off SET jit = off SET plan_cache_mode = 'force_generic_plan' AS $$
DECLARE
    role text := muster.member_role();
    items muster.item[];
    fresh muster.item[];
    noted muster.item[] := '{}';
    deeds muster.deed[];
    all_lines text[];
    missing muster.cell[];
    matters jsonb[] := '{}';
    head muster.head;
    place bigint;
    this_month date;
    group_of record;
    made record;
    one muster.item;
    cell muster.cell;
    new_token uuid;
BEGIN
    IF device IS NULL OR octet_length(lines) > 67108864 THEN
        RAISE EXCEPTION USING ERRCODE = 'MU006', MESSAGE = 'hub.too-large';
    END IF;
    all_lines := muster.with_staged(device, lines);
    SELECT * INTO items, deeds FROM muster.read_lines(all_lines);
    SELECT * INTO items, missing FROM muster.judge(role, items);

    -- Parts that were taken with an earlier push: its answer has arrived, since another push follows.
    DELETE FROM muster.staged s USING muster.action a
    WHERE s.device = push.device AND s.login = session_user AND a.id = s.action
        AND NOT s.action = ANY (ARRAY(SELECT d.id FROM unnest(deeds) d WHERE d.id IS NOT NULL));

    SELECT h.* INTO head FROM muster.head h FOR UPDATE;
    new_token := muster.next_token(device, token, items, deeds);
    place := head.position;
    this_month := muster.this_month(place);
    items := muster.find_had(items);
    items := muster.check_deeds(role, deeds, items);
    items := muster.check_ranges(items);
    items := muster.find_rows(items);
    FOR cell IN
        SELECT m.* FROM unnest(missing) m LEFT JOIN LATERAL (
            SELECT r.tbl FROM muster.known_row r WHERE r.id = m.value AND r.tbl = m.target OFFSET 0
        ) k ON true WHERE k.tbl IS NULL
    LOOP
        one := items[cell.n + 1];
        CONTINUE WHEN one.had;
        one.lost := array_append(one.lost, cell.key);
        items[cell.n + 1] := one;
    END LOOP;
    fresh := ARRAY(
        SELECT ROW(i.n, i.deed, i.action, i.stamp, i.id, i.tbl, i.r, i.p, i.b, i.custom, NULL, false,
            head.position + row_number() OVER (ORDER BY i.n), i.lost, false,
            row_number() OVER (PARTITION BY i.r ORDER BY i.n))::muster.item
        FROM unnest(items) i WHERE i.code IS NULL AND NOT i.had ORDER BY i.n
    );
    INSERT INTO muster.early (id)
    SELECT i.id FROM unnest(fresh) i WHERE muster.month_of(i.id) > this_month ON CONFLICT DO NOTHING;
    INSERT INTO muster.action
        (id, title, source, author, login, device, device_name, stamp, claim, undoes, count, details, position, last)
    SELECT d.id, d.title, d.source, d.author, session_user, push.device, d.device_name, d.stamp, d.claim, d.undoes,
        g.count, d.details, g.first, g.last
    FROM (
        SELECT i.deed, count(*) AS count, min(i.position) AS first, max(i.position) AS last
        FROM unnest(fresh) i GROUP BY i.deed
    ) g JOIN unnest(deeds) d ON d.k = g.deed
    ON CONFLICT (id) DO UPDATE SET count = muster.action.count + excluded.count;

    matters := ARRAY(
        SELECT m FROM unnest(fresh) i CROSS JOIN LATERAL unnest(muster.lost_matters(i)) m WHERE i.lost IS NOT NULL
    );
    FOR group_of IN
        SELECT i.wave, i.tbl, array_agg(i ORDER BY i.n) AS items FROM unnest(fresh) i GROUP BY i.wave, i.tbl
        ORDER BY i.wave
    LOOP
        SELECT * INTO made FROM muster.take(group_of.tbl, this_month, group_of.items, matters);
        matters := made.matters;
        noted := noted || ARRAY(SELECT i FROM unnest(made.items) i WHERE i.lost IS NOT NULL OR i.amended);
    END LOOP;
    place := place + cardinality(fresh);
    matters := matters || muster.found_matters(fresh, cursor_position, head.position);
    IF cardinality(fresh) < cardinality(items) THEN
        matters := matters || muster.set_aside(device, items, all_lines, deeds);
    END IF;
    SELECT * INTO made FROM muster.tell(matters, place, this_month);
    IF made.place > head.position THEN
        UPDATE muster.head h SET position = made.place, last = coalesce(made.last, fresh[cardinality(fresh)].id);
    END IF;
    RETURN muster.answer(role, new_token, made.place, head.position, items, fresh, noted, deeds);
END $$;

-- The month in which entries are written now. Months never go back, whatever the server's clock does.
CREATE OR REPLACE FUNCTION muster.this_month(place bigint) RETURNS date
LANGUAGE plpgsql AS $$
DECLARE
    this date := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC')::date;
    begun date := (SELECT max(m.month) FROM muster.month m WHERE m.first IS NOT NULL);
BEGIN
    this := greatest(this, begun);
    IF this IS DISTINCT FROM begun THEN
        PERFORM muster.make_months(3);
        UPDATE muster.month m SET first = place + 1 WHERE m.month = this;
    END IF;
    RETURN this;
END $$;

-- The token of the next push; the condition hub.token-old for a device that was restored or copied.
CREATE OR REPLACE FUNCTION muster.next_token(
    device uuid, token uuid, items muster.item[], deeds muster.deed[]
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    known muster.device;
    is_new boolean;
    fresh uuid := gen_random_uuid();
    batch integer := cardinality(items);
BEGIN
    SELECT d.* INTO known FROM muster.device d WHERE d.id = next_token.device;
    is_new := NOT found;
    IF NOT is_new AND known.token IS DISTINCT FROM next_token.token AND NOT (
        known.previous IS NOT DISTINCT FROM next_token.token AND known.login = session_user
        AND known.count BETWEEN 1 AND batch AND known.digest = muster.digest(items, known.count)
    ) OR is_new AND next_token.token IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'MU002', MESSAGE = 'hub.token-old';
    END IF;
    IF batch = 0 AND NOT is_new THEN
        RETURN known.token;
    END IF;
    INSERT INTO muster.device (id, login, name, token, previous, count, digest)
    VALUES (next_token.device, session_user, coalesce(deeds[cardinality(deeds)].device_name, ''), fresh,
        next_token.token, batch, muster.digest(items, batch))
    ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = coalesce(nullif(excluded.name, ''), device.name),
        token = excluded.token, previous = excluded.previous, count = excluded.count, digest = excluded.digest,
        last_seen = clock_timestamp();
    RETURN fresh;
END $$;

-- Of the ids of the first so many entries.
CREATE OR REPLACE FUNCTION muster.digest(items muster.item[], many integer) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT md5(coalesce(string_agg(coalesce(i.id::text, '-'), ',' ORDER BY i.n), '')) FROM unnest(items) i WHERE i.n < many
$$;

-- What the client is told of its entries.
CREATE OR REPLACE FUNCTION muster.answer(
    role text, token uuid, place bigint, before bigint, items muster.item[], fresh muster.item[], noted muster.item[],
    deeds muster.deed[]
) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    positions jsonb;
    refused jsonb := '{}';
BEGIN
    IF cardinality(fresh) = cardinality(items) THEN
        SELECT coalesce(jsonb_agg(p), '[]') INTO positions FROM generate_series(before + 1, before + cardinality(fresh)) p;
    ELSE
        -- Fresh entries have their positions in the order of their lines; twins that of the first of them.
        SELECT jsonb_agg(q.position ORDER BY q.n) INTO positions FROM (
            SELECT w.n,
                CASE WHEN w.code = 'twin' THEN max(w.position) OVER (PARTITION BY w.id) ELSE w.position END AS position
            FROM (
                SELECT i.n, i.id, i.code, CASE WHEN i.had THEN i.position WHEN i.code IS NULL THEN before
                    + count(*) FILTER (WHERE i.code IS NULL AND NOT i.had) OVER (ORDER BY i.n ROWS UNBOUNDED PRECEDING)
                    END AS position
                FROM unnest(items) i
            ) w
        ) q;
        noted := noted || ARRAY(SELECT i FROM unnest(items) i WHERE i.had AND (i.lost IS NOT NULL OR i.amended));
        SELECT coalesce(jsonb_object_agg(i.n, jsonb_build_object('code', i.code, 'now',
            CASE WHEN i.r IS NOT NULL AND jsonb_typeof(i.p) = 'object' THEN
                muster.values_now(role, i.tbl, i.r, ARRAY(SELECT jsonb_object_keys(i.p))) END)), '{}')
        INTO refused FROM unnest(items) i WHERE i.code <> 'twin';
    END IF;
    RETURN jsonb_build_object('token', token, 'position', place, 'positions', positions, 'refused', refused,
        'lost', (
            SELECT coalesce(jsonb_object_agg(i.n, jsonb_build_object('fields', i.lost, 'now',
                muster.values_now(role, i.tbl, i.r, i.lost))), '{}')
            FROM unnest(noted) i WHERE i.lost IS NOT NULL),
        'amended', (
            SELECT coalesce(jsonb_object_agg(i.n, jsonb_build_object(
                'patch', i.p - coalesce(h.keys, '{}'), 'base', i.b - coalesce(h.keys, '{}'))), '{}')
            FROM unnest(noted) i CROSS JOIN LATERAL (SELECT muster.hidden(role, i.tbl) AS keys) h WHERE i.amended),
        'stamps', (
            SELECT coalesce(jsonb_object_agg(d.id, d.stamp), '{}') FROM unnest(deeds) d
            WHERE d.claim IS NOT NULL AND d.id IS NOT NULL));
END $$;

-- What fields of a row hold now, as far as a role sees them; null where the row is not there.
CREATE OR REPLACE FUNCTION muster.values_now(role text, tbl text, r uuid, keys text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    now jsonb := muster.row_now(tbl, r);
BEGIN
    RETURN CASE WHEN now IS NOT NULL THEN (
        SELECT coalesce(jsonb_object_agg(k.key,
            CASE WHEN k.key = ANY (coalesce(muster.hidden(role, values_now.tbl), '{}')) THEN NULL
                 WHEN k.key LIKE 'x\_%' THEN now -> 'extra' ->> k.key ELSE now ->> k.key END), '{}')
        FROM unnest(keys) k(key)
    ) END;
END $$;

-- A part of an action that is too large for one push.
CREATE OR REPLACE FUNCTION muster.stage(device uuid, action uuid, part integer, lines text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    PERFORM muster.member_role();
    IF device IS NULL OR action IS NULL OR part NOT BETWEEN 0 AND 9999 OR octet_length(lines) > 67108864 THEN
        RAISE EXCEPTION USING ERRCODE = 'MU006', MESSAGE = 'hub.too-large';
    END IF;
    DELETE FROM muster.staged s WHERE s.login = session_user AND s.at < clock_timestamp() - interval '2 days';
    IF (SELECT sum(pg_column_size(s.lines)) FROM muster.staged s WHERE s.login = session_user) > 1073741824 THEN
        RAISE EXCEPTION USING ERRCODE = 'MU006', MESSAGE = 'hub.too-large';
    END IF;
    INSERT INTO muster.staged (device, action, part, login, lines)
    VALUES (stage.device, stage.action, stage.part, session_user, stage.lines)
    ON CONFLICT ON CONSTRAINT staged_pkey DO UPDATE SET lines = excluded.lines, login = excluded.login, at = clock_timestamp()
        WHERE staged.login = session_user;
END $$;
