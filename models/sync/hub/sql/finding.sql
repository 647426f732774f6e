-- What a push may bring about although every entry of it is right.

-- The numbers of a range; null where it has none. The last number that there is has none after it, and a range that
-- ends with it none that PostgreSQL can write: one such record would stop every other.
CREATE OR REPLACE FUNCTION muster.numbers(block jsonb) RETURNS int8range
LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN (block ->> 'first')::bigint <= least((block ->> 'last')::bigint, 9223372036854775806)
    THEN int8range((block ->> 'first')::bigint, least((block ->> 'last')::bigint, 9223372036854775806), '[]')
END;

-- The numbers that ranges of a scheme, and of those that write the same tags, have taken.
CREATE OR REPLACE FUNCTION muster.taken(scheme uuid) RETURNS int8multirange
LANGUAGE sql STABLE AS $$
    SELECT range_agg(muster.numbers(to_jsonb(b)))
    FROM muster.tag_block b JOIN muster.tag_scheme s ON s.id = b.scheme JOIN muster.tag_scheme mine ON mine.id = taken.scheme
    WHERE lower(coalesce(s.prefix, '') COLLATE "C") = lower(coalesce(mine.prefix, '') COLLATE "C")
        AND least(greatest(coalesce(s.width, 0), 0), 18) = least(greatest(coalesce(mine.width, 0), 0), 18)
$$;

-- Blocks that overlap a range of the same numbers are refused: a tag is given once.
CREATE OR REPLACE FUNCTION muster.check_ranges(INOUT items muster.item[])
LANGUAGE plpgsql AS $$
DECLARE
    one muster.item;
    wanted int8range;
    of_batch jsonb := '{}';
    scheme text;
BEGIN
    FOR one IN
        SELECT i.* FROM unnest(items) i
        WHERE i.tbl = 'tag_block' AND i.code IS NULL AND NOT i.had AND i.b IS NULL AND i.p ->> 'use' = 'block'
            AND muster.numbers(i.p) IS NOT NULL
        ORDER BY i.n
    LOOP
        scheme := coalesce(one.p ->> 'scheme', '');
        wanted := muster.numbers(one.p);
        IF wanted && muster.taken(muster.as_uuid(scheme)) OR wanted && (of_batch ->> scheme)::int8multirange THEN
            one.code := 'hub.range-taken';
            items[one.n + 1] := one;
        ELSE
            of_batch := of_batch || jsonb_build_object(scheme,
                (coalesce((of_batch ->> scheme)::int8multirange, '{}') + int8multirange(wanted))::text);
        END IF;
    END LOOP;
END $$;

-- Things handed out that somebody retired or disposed of meanwhile, behind what the sender had seen.
CREATE OR REPLACE FUNCTION muster.handed_out(fresh muster.item[], seen bigint, before bigint) RETURNS jsonb[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(jsonb_build_object(
        'about', 'custody ' || i.id,
        'patch', jsonb_build_object(
            'matter', 'custody', 'name', muster.name_of('asset', t.id, jsonb_build_object('tag', t.tag)), 'record', 'asset',
            'target', t.id, 'field', 'status', 'entry', i.id, 'standing', t.status, 'other', gone.base ->> 'status'
        ) || muster.side('standing', (SELECT a FROM muster.action a WHERE a.id = gone.action))
          || muster.side('other', (SELECT a FROM muster.action a WHERE a.id = i.action))))
    FROM unnest(fresh) i
    CROSS JOIN LATERAL (
        SELECT a.id, a.tag, a.status, a.custodian FROM muster.asset a WHERE a.id = i.r OFFSET 0
    ) t
    CROSS JOIN LATERAL (
        SELECT e.action, e.base FROM muster.entry e
        WHERE e."row" = i.r AND e.position > seen AND e.position <= before AND e.patch ->> 'status' = t.status
            AND NOT 'status' = ANY (coalesce(e.lost, '{}'))
        ORDER BY e.position DESC LIMIT 1
    ) gone
    WHERE i.tbl = 'asset' AND i.p ->> 'custodian' IS NOT NULL AND NOT i.p ? 'status' AND i.b IS NOT NULL
        AND t.custodian = (i.p ->> 'custodian')::uuid AND t.status IN ('retired', 'disposed')
$$;

-- Entitlements of which more seats are given than there are.
CREATE OR REPLACE FUNCTION muster.overfull(fresh muster.item[]) RETURNS jsonb[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(jsonb_build_object(
        'about', 'seats ' || e.id, 'again', true,
        'patch', jsonb_build_object(
            'matter', 'seats', 'name', muster.name_of('entitlement', e.id, jsonb_build_object('name', e.name)),
            'record', 'entitlement', 'target', e.id, 'field', 'quantity', 'entry', q.entry,
            'standing', e.quantity::text, 'other', given.seats::text
        ) || muster.side('other', (SELECT a FROM muster.action a WHERE a.id = q.action))))
    FROM (
        SELECT DISTINCT ON (w.entitlement) w.entitlement, w.entry, w.action FROM (
            SELECT s.entitlement, i.id AS entry, i.action, i.n FROM unnest(fresh) i
            CROSS JOIN LATERAL (SELECT t.entitlement, t.deleted FROM muster.seat t WHERE t.id = i.r OFFSET 0) s
            WHERE i.tbl = 'seat' AND i.p ?| '{entitlement,released_on,deleted}' AND s.deleted IS NULL
            UNION ALL
            SELECT i.r, i.id, i.action, i.n FROM unnest(fresh) i
            WHERE i.tbl = 'entitlement' AND i.b IS NOT NULL AND i.p ?| '{quantity,deleted}'
        ) w ORDER BY w.entitlement, w.n DESC
    ) q CROSS JOIN LATERAL (
        SELECT t.id, t.name, t.quantity, t.deleted FROM muster.entitlement t WHERE t.id = q.entitlement OFFSET 0
    ) e
    CROSS JOIN LATERAL (
        SELECT count(*) AS seats FROM muster.seat s
        WHERE s.entitlement = e.id AND s.deleted IS NULL AND s.released_on IS NULL
    ) given
    WHERE e.deleted IS NULL AND given.seats > e.quantity
$$;

CREATE OR REPLACE FUNCTION muster.found_matters(fresh muster.item[], seen bigint, before bigint) RETURNS jsonb[]
LANGUAGE plpgsql AS $$
DECLARE
    touched text[] := ARRAY(SELECT DISTINCT i.tbl FROM unnest(fresh) i);
    tbl text;
    found jsonb[] := '{}';
BEGIN
    FOREACH tbl IN ARRAY touched LOOP
        found := found || muster.duplicates(tbl, fresh);
    END LOOP;
    IF 'asset' = ANY (touched) THEN
        found := found || muster.handed_out(fresh, seen, before);
    END IF;
    IF touched && '{seat,entitlement}' THEN
        found := found || muster.overfull(fresh);
    END IF;
    RETURN found;
END $$;
