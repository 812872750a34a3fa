-- What a bank reported of an order stays as it came. Applied by 0004_reports_of_orders.py.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['treasury_orderreport', 'treasury_reportedtransfer'] LOOP
        EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION treasury_refuse_change()', name);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION treasury_refuse_change()', name);
    END LOOP;
END $$;
