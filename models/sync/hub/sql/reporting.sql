-- What the reporting views are written in; whoever reads a view must be allowed to use it.

-- Only days that there are: one wrong value must not take a whole view away.
CREATE OR REPLACE FUNCTION reporting.as_day(value text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN value ~ '^[1-9][0-9]{3}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])$'
        OR value ~ '^[1-9][0-9]{3}-(0[469]|11)-(0[1-9]|[12][0-9]|30)$'
        OR value ~ '^[1-9][0-9]{3}-02-(0[1-9]|1[0-9]|2[0-8])$'
        OR value ~ '^[1-9][0-9](0[48]|[2468][048]|[13579][26])-02-29$'
        OR value ~ '^([2468][048]|[13579][26])00-02-29$'
    THEN make_date(substr(value, 1, 4)::integer, substr(value, 6, 2)::integer, substr(value, 9, 2)::integer)
END;

CREATE OR REPLACE FUNCTION reporting.as_number(value text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN value ~ '^-?[0-9]{1,30}([.][0-9]{1,30})?( [A-Z]{3})?$' THEN split_part(value, ' ', 1)::numeric
END;
