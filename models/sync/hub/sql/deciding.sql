-- Two changes that met: which one takes a field, and what people are told of it.

-- Who set a field of a row, as far as the journal goes.
CREATE OR REPLACE FUNCTION muster.setter(tbl text, r uuid, key text) RETURNS muster.action
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found muster.action;
BEGIN
    SELECT a.* INTO found FROM muster.entry e JOIN muster.action a ON a.id = e.action
    WHERE e."row" = setter.r AND e.patch ? setter.key AND NOT setter.key = ANY (coalesce(e.lost, '{}'))
    ORDER BY e.position DESC LIMIT 1;
    IF found.id IS NULL THEN
        SELECT a.* INTO found FROM muster.archive e JOIN muster.action a ON a.id = e.action
        WHERE e."row" = setter.r AND e.patch ? setter.key AND NOT setter.key = ANY (coalesce(e.lost, '{}'))
        ORDER BY e.position DESC LIMIT 1;
    END IF;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION muster.who(author text, login text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN login IS NULL OR author = login THEN author ELSE author || ' (' || login || ')' END;

-- Both notes: what was added to the base goes behind what stands.
CREATE OR REPLACE FUNCTION muster.appended(stands text, base text, value text) RETURNS text
LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN value IS NULL THEN stands
    WHEN stands IS NULL THEN value
    WHEN base IS NOT NULL AND starts_with(value, base) THEN stands || substr(value, length(base) + 1)
    ELSE stands || E'\n' || value
END;

-- One entry against what its row holds by now (`now`, as text). Gives the entry as it takes effect, and matters.
CREATE OR REPLACE FUNCTION muster.settle(IN now jsonb, INOUT i muster.item, OUT matters jsonb[])
LANGUAGE plpgsql AS $$
DECLARE
    pair record;
    last muster.action;
    mine muster.action;
    wins boolean;
BEGIN
    matters := '{}';
    FOR pair IN
        SELECT e.key, e.value AS after, i.b ->> e.key AS before,
            CASE WHEN e.key LIKE 'x\_%' THEN now -> 'extra' ->> e.key ELSE now ->> e.key END AS stands,
            coalesce(f.merge, 'fork') AS merge, f.readers
        FROM jsonb_each_text(i.p) e LEFT JOIN muster.field f ON f.tbl = i.tbl AND f.key = e.key
        WHERE NOT e.key = ANY (coalesce(i.lost, '{}'))
    LOOP
        CONTINUE WHEN pair.stands IS NOT DISTINCT FROM pair.before OR pair.stands IS NOT DISTINCT FROM pair.after;
        IF pair.merge = 'append' THEN
            i.p := i.p || jsonb_build_object(pair.key, muster.appended(pair.stands, pair.before, pair.after));
            i.b := i.b || jsonb_build_object(pair.key, pair.stands);
            i.amended := true;
            CONTINUE;
        END IF;
        last := muster.setter(i.tbl, i.r, pair.key);
        wins := last.id IS NULL OR i.stamp >= last.stamp;
        IF wins THEN
            i.b := i.b || jsonb_build_object(pair.key, pair.stands);
            i.amended := true;
        ELSE
            i.lost := array_append(i.lost, pair.key);
        END IF;
        IF pair.merge = 'fork' AND last.id IS NOT NULL THEN
            SELECT a.* INTO mine FROM muster.action a WHERE a.id = i.action;
            matters := array_append(matters, muster.fork_matter(i, now, pair.key,
                CASE WHEN pair.readers IS NULL THEN pair.stands END,
                CASE WHEN pair.readers IS NULL THEN pair.after END, last, mine, wins));
        END IF;
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION muster.fork_matter(
    i muster.item, now jsonb, key text, stood text, came text, last muster.action, mine muster.action, wins boolean
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'about', 'fork ' || i.id || ' ' || key,
        'patch', jsonb_build_object(
            'matter', CASE WHEN key = 'custodian' THEN 'custody' ELSE 'fork' END,
            'name', muster.name_of(i.tbl, i.r, now), 'record', i.tbl, 'target', i.r, 'field', key, 'entry', i.id,
            'standing', left(CASE WHEN wins THEN came ELSE stood END, 100000),
            'other', left(CASE WHEN wins THEN stood ELSE came END, 100000)
        ) || muster.side('standing', CASE WHEN wins THEN mine ELSE last END)
          || muster.side('other', CASE WHEN wins THEN last ELSE mine END))
$$;

-- Who and when, of one side of a matter.
CREATE OR REPLACE FUNCTION muster.side(word text, a muster.action) RETURNS jsonb
LANGUAGE sql STABLE
RETURN jsonb_build_object(
    word || '_by', muster.who((a).author, (a).login), word || '_at', muster.moment((a).stamp),
    word || '_device', nullif((a).device_name, '')
);

-- What a record is called: its naming field, else the beginning of its id.
CREATE OR REPLACE FUNCTION muster.name_of(tbl text, r uuid, now jsonb) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT left(coalesce(now ->> k.naming, name_of.tbl || ' ' || left(name_of.r::text, 8)), 500)
    FROM muster.kind k WHERE k.tbl = name_of.tbl
$$;
