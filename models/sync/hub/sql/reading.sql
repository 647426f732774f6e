-- What clients fetch. Nothing of it writes, so that a read replica serves it as well.

CREATE OR REPLACE FUNCTION muster.has(place bigint, id uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, muster, pg_temp AS $$
    SELECT EXISTS (SELECT FROM muster.entry e WHERE e.position = has.place AND e.id = has.id)
        OR EXISTS (SELECT FROM muster.archive e WHERE e.position = has.place AND e.id = has.id)
$$;

-- Where the shared database stands, who one is in it, and whether it has what the client saw last.
CREATE OR REPLACE FUNCTION muster.hello(device uuid, cursor_position bigint, cursor_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    my_role text := muster.member_role();
    head muster.head;
BEGIN
    SELECT h.* INTO head FROM muster.head h;
    RETURN jsonb_build_object(
        'epoch', head.epoch, 'schema', head.schema, 'position', head.position, 'floor', head.floor, 'role', my_role,
        'reads', (SELECT coalesce(jsonb_agg(r.word ORDER BY r.word), '[]') FROM muster.role_reads r
            WHERE r.role = my_role),
        'confirmed', cursor_position = 0 OR muster.has(cursor_position, cursor_id),
        'now', muster.now_ms(), 'city', head.city);
END $$;

-- The highest of these positions up to which the journal has each id given with them; 0 for none. (One further up may
-- be there again by chance: after a restore entries are sent anew, and others come between.)
CREATE OR REPLACE FUNCTION muster.confirm(positions bigint[], ids uuid[]) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    PERFORM muster.member_role();
    RETURN coalesce((
        SELECT max(q.place) FROM (
            SELECT u.place, bool_and(muster.has(u.place, u.id)) OVER (ORDER BY u.place) AS so_far
            FROM unnest(positions, ids) u(place, id)
        ) q WHERE q.so_far
    ), 0);
END $$;

-- Entries after a position, `wanted` of them and then to the end of the last action.
CREATE OR REPLACE FUNCTION muster.pull(after bigint, wanted integer)
RETURNS TABLE ("position" bigint, id uuid, action uuid, tbl text, "row" uuid, patch text, base text, lost text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    role text := muster.member_role();
    many integer := least(greatest(wanted, 1), 100000);
    upto bigint := greatest(after + many, coalesce((
        SELECT a.last FROM muster.action a WHERE a.position <= after + many ORDER BY a.position DESC LIMIT 1), 0));
    since date := coalesce((SELECT max(m.month) FROM muster.month m WHERE m.first <= after + 1), '-infinity');
    hides jsonb := (
        SELECT jsonb_object_agg(k.tbl, h.keys) FROM muster.kind k
        CROSS JOIN LATERAL (SELECT muster.hidden(role, k.tbl) AS keys) h WHERE h.keys IS NOT NULL);
BEGIN
    -- What lies between is in the archive: a client that went on from here would never hear of it. It asks again, hears
    -- of the floor, and copies anew. So does one whose copy came from a replica that does not know of the floor yet.
    IF after < (SELECT h.floor FROM muster.head h) THEN
        RAISE EXCEPTION USING ERRCODE = 'MU007', MESSAGE = 'hub.busy', DETAIL = 'below the floor';
    END IF;
    IF hides IS NULL THEN
        RETURN QUERY
        SELECT e.position, e.id, e.action, e.tbl, e."row", e.patch::text, e.base::text, e.lost FROM muster.entry e
        WHERE e.position > after AND e.position <= upto AND e.month >= since ORDER BY e.position;
    ELSE
        RETURN QUERY
        SELECT e.position, e.id, e.action, e.tbl, e."row",
            CASE WHEN hides ? e.tbl THEN e.patch - h.keys ELSE e.patch END::text,
            CASE WHEN hides ? e.tbl THEN e.base - h.keys ELSE e.base END::text, e.lost
        FROM muster.entry e
        LEFT JOIN LATERAL (
            SELECT array_agg(k.key) AS keys FROM jsonb_array_elements_text(hides -> e.tbl) k(key)
        ) h ON hides ? e.tbl
        WHERE e.position > after AND e.position <= upto AND e.month >= since ORDER BY e.position;
    END IF;
END $$;

-- The actions of these positions.
CREATE OR REPLACE FUNCTION muster.pull_actions(after bigint, upto bigint)
RETURNS TABLE (id uuid, title text, source text, author text, device_name text, stamp bigint, undoes uuid,
    count integer, details text, login text, device uuid, claim bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    PERFORM muster.member_role();
    RETURN QUERY
    SELECT a.id, a.title, a.source, a.author, a.device_name, a.stamp, a.undoes, a.count, a.details, a.login, a.device,
        a.claim
    FROM muster.action a WHERE a.position > after AND a.position <= upto ORDER BY a.position;
END $$;

-- All that ever happened to a row, with who and when.
CREATE OR REPLACE FUNCTION muster.history(tbl text, "row" uuid)
RETURNS TABLE ("position" bigint, id uuid, patch text, base text, lost text[], action uuid, title text, source text,
    author text, device_name text, stamp bigint, undoes uuid, count integer, details text, login text, device uuid,
    claim bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    hides text[] := coalesce(muster.hidden(muster.member_role(), history.tbl), '{}');
BEGIN
    RETURN QUERY
    SELECT e.position, e.id, (e.patch - hides)::text, (e.base - hides)::text, e.lost, a.id, a.title, a.source, a.author,
        a.device_name, a.stamp, a.undoes, a.count, a.details, a.login, a.device, a.claim
    FROM (
        SELECT n.* FROM muster.entry n WHERE n."row" = history."row" AND n.tbl = history.tbl
        UNION ALL
        SELECT n.* FROM muster.archive n WHERE n."row" = history."row" AND n.tbl = history.tbl
    ) e JOIN muster.action a ON a.id = e.action
    ORDER BY e.position;
END $$;

-- The devices and the people, for the status. Tokens stay where they are.
CREATE OR REPLACE FUNCTION muster.devices() RETURNS TABLE (id uuid, login text, name text, last_seen timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    PERFORM muster.member_role();
    RETURN QUERY SELECT d.id, d.login, d.name, d.last_seen FROM muster.device d ORDER BY d.last_seen DESC;
END $$;

CREATE OR REPLACE FUNCTION muster.members()
RETURNS TABLE (login text, role text, added_at timestamptz, added_by text, revoked_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    PERFORM muster.member_role();
    RETURN QUERY SELECT m.login, m.role, m.added_at, m.added_by, m.revoked_at FROM muster.member m ORDER BY m.login;
END $$;

CREATE OR REPLACE VIEW muster.snapshot_head WITH (security_barrier) AS
SELECT h.position, h.last AS id, h.epoch, h.schema, h.floor FROM muster.head h
WHERE (SELECT muster.my_role()) IS NOT NULL;
COMMENT ON VIEW muster.snapshot_head IS 'What a first copy that is read in the same transaction stands for.';
