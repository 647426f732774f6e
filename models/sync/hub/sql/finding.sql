-- What a push may bring about although every entry of it is right.

-- Ranges of numbers that overlap one of the same scheme are refused: a tag is given once.
CREATE OR REPLACE FUNCTION muster.check_ranges(INOUT items muster.item[])
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    one muster.item;
    taken int8multirange;
    of_scheme text;
BEGIN
    FOR one IN
        SELECT i.* FROM unnest(items) i
        WHERE i.tbl = 'tag_block' AND i.code IS NULL AND NOT i.had AND i.b IS NULL AND i.p ->> 'use' = 'block'
        ORDER BY i.n
    LOOP
        of_scheme := one.p ->> 'scheme';
        CONTINUE WHEN (one.p ->> 'first')::bigint > (one.p ->> 'last')::bigint;
        SELECT range_agg(int8range(q.first, q.last, '[]')) INTO taken FROM (
            SELECT b.first, b.last FROM muster.tag_block b
            WHERE b.scheme = muster.as_uuid(of_scheme) AND b.first <= b.last
            UNION ALL
            SELECT (i.p ->> 'first')::bigint, (i.p ->> 'last')::bigint FROM unnest(items) i
            WHERE i.tbl = 'tag_block' AND i.code IS NULL AND NOT i.had AND i.b IS NULL AND i.n < one.n
                AND i.p ->> 'scheme' = of_scheme
                AND (i.p ->> 'first')::bigint <= (i.p ->> 'last')::bigint
        ) q;
        IF taken && int8range((one.p ->> 'first')::bigint, (one.p ->> 'last')::bigint, '[]') THEN
            one.code := 'hub.range-taken';
            items[one.n + 1] := one;
        END IF;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION muster.found_matters(fresh muster.item[], seen bigint, before bigint) RETURNS jsonb[]
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    RETURN '{}';
END $$;
