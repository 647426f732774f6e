-- What the functions hand to each other. Made anew by each upgrade, before the functions.

DROP TYPE IF EXISTS muster.item CASCADE;
-- One entry on its way. n: its place among the entry lines, from 0; deed: its action's place, from 1; code: why it is
-- refused; had: the journal has it; wave: the how-manieth of the batch for its row.
CREATE TYPE muster.item AS (
    n integer, deed integer, action uuid, stamp bigint, id uuid, tbl text, r uuid, p jsonb, b jsonb, custom boolean,
    code text, had boolean, position bigint, lost text[], amended boolean, wave integer
);
DROP TYPE IF EXISTS muster.deed CASCADE;
CREATE TYPE muster.deed AS (
    k integer, id uuid, title text, source text, author text, device_name text, stamp bigint, claim bigint,
    undoes uuid, details text, code text
);
DROP TYPE IF EXISTS muster.cell CASCADE;
-- A reference that was not found yet.
CREATE TYPE muster.cell AS (n integer, key text, target text, value uuid);
