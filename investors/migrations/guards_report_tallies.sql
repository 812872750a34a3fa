-- How many have a report, by what it is of. Applied by 0011_report_tallies.py.
-- Each issue of a batch adds a row and updates none: those who issue side by side do not wait here.
CREATE FUNCTION investors_tally_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO investors_reporttally (snapshot_key, kind, version, reports)
        SELECT snapshot_key, kind, version, count(*) FROM added GROUP BY 1, 2, 3;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_new AFTER INSERT ON investors_investorreport
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION investors_tally_reports();

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION investors_tally_reports() SET search_path = %I, pg_temp', current_schema());
END $$;

INSERT INTO investors_reporttally (snapshot_key, kind, version, reports)
    SELECT snapshot_key, kind, version, count(*) FROM investors_investorreport GROUP BY 1, 2, 3;
