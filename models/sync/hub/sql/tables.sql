-- The tables of the shared database. Nobody but its functions writes them.

CREATE TABLE IF NOT EXISTS muster.head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    position bigint NOT NULL DEFAULT 0,
    last uuid,
    floor bigint NOT NULL DEFAULT 0,
    schema text NOT NULL DEFAULT '',
    city text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 10);
COMMENT ON TABLE muster.head IS
    'One row: how far the journal goes (position, and the id of its last entry). Whoever pushes holds its lock.';
COMMENT ON COLUMN muster.head.floor IS 'Entries up to this position are in the archive.';
COMMENT ON COLUMN muster.head.schema IS 'The newest revision of the clients whose fields this database knows.';
ALTER TABLE muster.head ADD COLUMN IF NOT EXISTS salt uuid NOT NULL DEFAULT gen_random_uuid();
COMMENT ON COLUMN muster.head.salt IS
    'Part of the ids of matters for review: who could foretell one could make a record of that id, and it be never told.';
INSERT INTO muster.head DEFAULT VALUES ON CONFLICT DO NOTHING;

CREATE TABLE IF NOT EXISTS muster.member (
    login text PRIMARY KEY,
    role text NOT NULL,
    added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    added_by text NOT NULL DEFAULT session_user,
    revoked_at timestamptz
);

CREATE TABLE IF NOT EXISTS muster.device (
    id uuid PRIMARY KEY,
    login text NOT NULL,
    name text NOT NULL DEFAULT '',
    token uuid,
    previous uuid,
    count integer NOT NULL DEFAULT 0,
    digest text NOT NULL DEFAULT '',
    last_seen timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);
COMMENT ON COLUMN muster.device.digest IS
    'Of the ids of the last batch: who comes with the previous token must begin with that batch.';

-- What roles may do and what fields there are: written anew by each upgrade, from the program''s own declarations.
CREATE TABLE IF NOT EXISTS muster.role (word text PRIMARY KEY, anyones boolean NOT NULL);
CREATE TABLE IF NOT EXISTS muster.role_right (role text, tbl text, PRIMARY KEY (role, tbl));
CREATE TABLE IF NOT EXISTS muster.role_reads (role text, word text, PRIMARY KEY (role, word));
CREATE TABLE IF NOT EXISTS muster.kind (tbl text PRIMARY KEY, naming text NOT NULL);
CREATE TABLE IF NOT EXISTS muster.field (
    tbl text,
    key text,
    kind text NOT NULL CHECK (kind IN ('text', 'whole', 'ref')),
    target text,
    merge text NOT NULL,
    readers text,
    most integer NOT NULL,
    PRIMARY KEY (tbl, key)
);
COMMENT ON COLUMN muster.field.most IS 'Bytes that a value may have.';

CREATE TABLE IF NOT EXISTS muster.known_row (id uuid PRIMARY KEY, tbl text NOT NULL);
COMMENT ON TABLE muster.known_row IS 'Every row of every table: what an edit or a reference may speak of.';

CREATE TABLE IF NOT EXISTS muster.action (
    id uuid PRIMARY KEY,
    title text NOT NULL,
    source text,
    author text NOT NULL,
    login text,
    device uuid,
    device_name text NOT NULL,
    stamp bigint NOT NULL,
    claim bigint,
    undoes uuid,
    count integer NOT NULL,
    details text,
    accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    position bigint NOT NULL,
    last bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS action_position ON muster.action (position);

CREATE TABLE IF NOT EXISTS muster.entry (
    position bigint NOT NULL,
    month date NOT NULL,
    id uuid NOT NULL,
    action uuid NOT NULL,
    tbl text NOT NULL,
    "row" uuid NOT NULL,
    patch jsonb NOT NULL,
    base jsonb,
    lost text[],
    PRIMARY KEY (position, month)
) PARTITION BY RANGE (month);
CREATE INDEX IF NOT EXISTS entry_id ON muster.entry (id);
CREATE INDEX IF NOT EXISTS entry_row ON muster.entry ("row", position);

CREATE TABLE IF NOT EXISTS muster.archive (LIKE muster.entry INCLUDING ALL) PARTITION BY RANGE (month);
COMMENT ON TABLE muster.archive IS 'Months of the journal that clients no longer fetch; history still reads them.';

CREATE TABLE IF NOT EXISTS muster.month (month date PRIMARY KEY, first bigint);
COMMENT ON TABLE muster.month IS 'The months that the journal has room for, and the first position of each.';

CREATE TABLE IF NOT EXISTS muster.early (id uuid PRIMARY KEY);
COMMENT ON TABLE muster.early IS
    'Ids whose own time was later than their acceptance: these are not found by the month that they tell.';

CREATE TABLE IF NOT EXISTS muster.set_aside (
    nr bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry uuid,
    action uuid,
    login text NOT NULL,
    device uuid NOT NULL,
    code text NOT NULL,
    line text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX IF NOT EXISTS set_aside_once ON muster.set_aside (entry, md5(line));

CREATE TABLE IF NOT EXISTS muster.staged (
    device uuid,
    action uuid,
    part integer,
    login text NOT NULL,
    lines text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (device, action, part)
);
