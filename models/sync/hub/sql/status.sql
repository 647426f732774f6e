-- What an administrator wants to know of the whole, as one document.
CREATE OR REPLACE FUNCTION muster.status() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    PERFORM muster.need_administrator();
    RETURN (
        SELECT jsonb_build_object(
            'city', h.city, 'epoch', h.epoch, 'schema', h.schema, 'position', h.position, 'floor', h.floor,
            'made_at', floor(extract(epoch FROM h.made_at) * 1000)::bigint,
            'server', current_setting('server_version'),
            'bytes', pg_database_size(current_database()),
            'members', (SELECT count(*) FROM muster.member m WHERE m.revoked_at IS NULL),
            'devices', (SELECT count(*) FROM muster.device),
            'last_seen', (SELECT floor(extract(epoch FROM max(d.last_seen)) * 1000)::bigint FROM muster.device d),
            'set_aside', (SELECT count(*) FROM muster.set_aside),
            'months', (SELECT count(*) FROM muster.month),
            'owner', (SELECT pg_get_userbyid(n.nspowner) FROM pg_namespace n WHERE n.nspname = 'muster'),
            'groups', (SELECT jsonb_object_agg(g.what, g.name) FROM muster.group_role g)
        ) FROM muster.head h
    );
END $$;
