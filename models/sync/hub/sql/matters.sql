-- What people must look at: found by a push, written as records of the table review.

-- Fields of an accepted entry that did not take effect: not this role's to write, or references to nothing.
CREATE OR REPLACE FUNCTION muster.lost_matters(i muster.item) RETURNS jsonb[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(jsonb_build_object(
        'about', 'lost ' || i.id || ' ' || k.key,
        'patch', jsonb_build_object(
            'matter', 'refused', 'name', muster.name_of(i.tbl, i.r, i.p), 'record', i.tbl, 'target', i.r,
            'field', k.key, 'entry', i.id,
            'reason', CASE WHEN f.readers IS NULL THEN 'hub.no-target' ELSE 'hub.no-right' END,
            'other', CASE WHEN f.readers IS NULL THEN left(i.p ->> k.key, 100000) END
        ) || muster.side('other', (SELECT a FROM muster.action a WHERE a.id = i.action))))
    FROM unnest(i.lost) k(key) LEFT JOIN muster.field f ON f.tbl = i.tbl AND f.key = k.key
$$;

-- Keeps what was refused, and tells of it.
CREATE OR REPLACE FUNCTION muster.set_aside(device uuid, items muster.item[], lines text[], deeds muster.deed[])
RETURNS jsonb[]
LANGUAGE plpgsql AS $$
DECLARE
    one muster.item;
    deed muster.deed;
    told jsonb[] := '{}';
    about text;
    line text;
BEGIN
    FOR one IN SELECT i.* FROM unnest(items) i WHERE i.code <> 'twin' LOOP
        deed := deeds[one.deed];
        line := lines[one.n + one.deed + 1];
        -- Also of a line that is no JSON people shall see which entry of which device it was meant to be.
        one.id := coalesce(one.id, muster.as_uuid(substring(line FROM '^\{"e": ?"([^"]*)"')));
        INSERT INTO muster.set_aside (entry, action, login, device, code, line)
        VALUES (one.id, deed.id, session_user, set_aside.device, one.code, line) ON CONFLICT DO NOTHING;
        about := coalesce(one.id::text, md5(line));
        told := array_append(told, jsonb_build_object(
            'about', 'refused ' || about,
            'patch', jsonb_build_object(
                'matter', 'refused', 'name', left(coalesce(deed.title, about), 500), 'record', left(one.tbl, 100),
                'target', one.r, 'entry', one.id, 'reason', one.code, 'other', muster.open_part(one),
                'other_by', muster.who(coalesce(deed.author, session_user), session_user),
                'other_at', muster.moment(deed.stamp), 'other_device', nullif(deed.device_name, ''))));
    END LOOP;
    RETURN told;
END $$;

-- A refused patch as everybody may see it.
CREATE OR REPLACE FUNCTION muster.open_part(i muster.item) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN jsonb_typeof(i.p) = 'object' THEN left((
        i.p - coalesce((SELECT array_agg(f.key) FROM muster.field f WHERE f.readers IS NOT NULL), '{}')
    )::text, 100000) END
$$;

-- Writes matters behind `place` as one action. Each is told once: its id is made of what it is about; one that was
-- settled and is found again is a new one.
CREATE OR REPLACE FUNCTION muster.tell(
    IN matters jsonb[], INOUT place bigint, IN this_month date, OUT last uuid
)
LANGUAGE plpgsql AS $$
DECLARE
    told muster.item[] := '{}';
    deed uuid := gen_random_uuid();
    now_stamp bigint := muster.now_ms() << 16;
    matter jsonb;
    new_id uuid;
    settled text;
    again integer;
    first bigint := place + 1;
    salt text := (SELECT h.salt::text FROM muster.head h);
BEGIN
    FOREACH matter IN ARRAY matters LOOP
        again := 0;
        LOOP
            new_id := md5(salt || (matter ->> 'about') || ' ' || again)::uuid;
            SELECT r.outcome INTO settled FROM muster.review r WHERE r.id = new_id;
            EXIT WHEN NOT found OR settled IS NULL OR NOT coalesce((matter ->> 'again')::boolean, false);
            again := again + 1;
        END LOOP;
        CONTINUE WHEN found OR EXISTS (SELECT FROM muster.known_row k WHERE k.id = new_id);
        INSERT INTO muster.known_row (id, tbl) VALUES (new_id, 'review');
        place := place + 1;
        told := array_append(told, ROW(0, 0, deed, now_stamp, new_id, 'review', new_id, jsonb_strip_nulls(matter -> 'patch'), NULL,
            false, NULL, false, place, NULL, false, 1)::muster.item);
        last := new_id;
    END LOOP;
    IF told <> '{}' THEN
        INSERT INTO muster.action (id, title, author, device_name, stamp, count, position, last)
        VALUES (deed, 'Found while sending', 'Muster', 'shared database', now_stamp, cardinality(told), first, place);
        PERFORM muster.take('review', this_month, told, '{}');
    END IF;
END $$;
