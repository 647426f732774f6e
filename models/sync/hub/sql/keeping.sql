-- Tag numbers that are lent, and months that leave the hot journal.

-- The highest number that a tag, or a range, of a scheme's form has; one below its first number where there is none.
CREATE OR REPLACE FUNCTION muster.highest(mine muster.tag_scheme) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    prefix text := lower(coalesce(mine.prefix, '') COLLATE "C");
    width integer := least(greatest(coalesce(mine.width, 0), 0), 18);
    checks integer := muster.check_length(mine.check_character);
    top bigint := greatest(coalesce(mine.first, 1), 0) - 1;
    form text := CASE WHEN width > 0 THEN format('^[0-9]{%s}(.{%s})?$', width, checks)
        ELSE format('^[0-9]{1,18}.{%s}$', checks) END;
BEGIN
    top := greatest(top, coalesce(upper(muster.taken(mine.id)) - 1, top));
    SELECT greatest(top, coalesce(max(left(q.rest, CASE WHEN width > 0 THEN width ELSE length(q.rest) - checks END)::bigint), top))
    INTO top
    FROM (
        SELECT substr(t.tag, length(prefix) + 1) AS rest FROM muster.asset t
        WHERE t.tag IS NOT NULL AND lower(t.tag COLLATE "C") >= prefix AND starts_with(lower(t.tag COLLATE "C"), prefix)
        UNION ALL
        SELECT substr(t.tag, length(prefix) + 1) FROM muster.void_tag t
        WHERE starts_with(lower(t.tag COLLATE "C"), prefix)
    ) q WHERE q.rest ~ form;
    RETURN top;
END $$;

-- The next free numbers of a scheme, as a range of one device. It comes to all with the next pull.
CREATE OR REPLACE FUNCTION muster.lease(device uuid, scheme uuid, size integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp SET lock_timeout = '30s' AS $$
DECLARE
    my_role text := muster.member_role();
    head muster.head;
    mine muster.tag_scheme;
    first bigint;
    last bigint;
    digits integer;
    holder text := coalesce((SELECT nullif(d.name, '') FROM muster.device d
        WHERE d.id = lease.device AND d.login = session_user), session_user);
    this_month date;
    deed uuid := gen_random_uuid();
    block uuid := gen_random_uuid();
    patch jsonb;
BEGIN
    IF device IS NULL OR NOT EXISTS (
        SELECT FROM muster.role_right r WHERE r.role = my_role AND r.tbl = 'tag_block'
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'MU003', MESSAGE = 'hub.no-right';
    END IF;
    SELECT h.* INTO head FROM muster.head h FOR UPDATE;
    SELECT s.* INTO mine FROM muster.tag_scheme s WHERE s.id = lease.scheme AND s.deleted IS NULL;
    IF NOT found THEN
        RAISE EXCEPTION USING ERRCODE = 'MU004', MESSAGE = 'lease.no-scheme', DETAIL = coalesce(scheme::text, '');
    END IF;
    digits := coalesce(nullif(least(greatest(coalesce(mine.width, 0), 0), 18), 0), 18);
    -- Behind the last number that a tag may have there is none to reckon with.
    first := least(muster.highest(mine), 1000000000000000000) + 1;
    last := least(first + least(greatest(coalesce(size, 1), 1), 1000000) - 1, (10::numeric ^ digits)::bigint - 1);
    IF first > last THEN
        RAISE EXCEPTION USING ERRCODE = 'MU004', MESSAGE = 'lease.none-left', DETAIL = coalesce(mine.name, '');
    END IF;
    digits := least(greatest(coalesce(mine.width, 0), length(first::text)), 18);
    patch := jsonb_build_object('use', 'block', 'scheme', mine.id, 'first', first::text, 'last', last::text,
        'device', device, 'holder', holder, 'name', coalesce(mine.prefix, '') || lpad(first::text, digits, '0') || ' … '
            || coalesce(mine.prefix, '') || lpad(last::text, greatest(digits, length(last::text)), '0'));
    this_month := muster.this_month(head.position);
    INSERT INTO muster.known_row (id, tbl) VALUES (block, 'tag_block');
    INSERT INTO muster.action (id, title, author, login, device_name, stamp, count, position, last)
    VALUES (deed, 'Tag numbers lent', 'Muster', NULL, 'shared database', muster.now_ms() << 16, 1, head.position + 1,
        head.position + 1);
    PERFORM muster.take('tag_block', this_month, ARRAY[ROW(0, 0, deed, 0, block, 'tag_block', block, patch, NULL, false,
        NULL, false, head.position + 1, NULL, false, 1)::muster.item], '{}');
    UPDATE muster.head h SET position = h.position + 1, last = block;
    RETURN jsonb_build_object('id', block, 'first', first, 'last', last, 'position', head.position + 1);
END $$;

-- Takes the months before a day out of the hot journal; clients whose copy is older than what is left copy anew.
CREATE OR REPLACE FUNCTION muster.compact(before date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp SET lock_timeout = '30s' AS $$
DECLARE
    one date;
    part regclass;
    new_floor bigint;
BEGIN
    PERFORM muster.need_administrator();
    PERFORM FROM muster.head h FOR UPDATE;
    SELECT m.first - 1 INTO new_floor FROM muster.month m WHERE m.month >= before AND m.first IS NOT NULL
    ORDER BY m.month LIMIT 1;
    IF new_floor IS NULL THEN
        -- The month that is being written stays.
        SELECT m.first - 1, m.month INTO new_floor, before FROM muster.month m WHERE m.first IS NOT NULL
        ORDER BY m.month DESC LIMIT 1;
    END IF;
    FOR one, part IN
        SELECT m.month, c.oid::regclass FROM muster.month m
        JOIN pg_class c ON c.relname = 'entry_' || to_char(m.month, 'YYYY_MM') AND c.relnamespace = 'muster'::regnamespace
        JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = 'muster.entry'::regclass
        WHERE m.month < compact.before
    LOOP
        EXECUTE format('ALTER TABLE muster.entry DETACH PARTITION %s', part);
        EXECUTE format('ALTER TABLE muster.archive ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)',
            part, one, (one + interval '1 month')::date);
    END LOOP;
    UPDATE muster.head h SET floor = greatest(h.floor, coalesce(new_floor, 0));
    RETURN (SELECT h.floor FROM muster.head h);
END $$;
