-- What somebody declared of a sheet is never rewritten.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON campaigns_sheetdeclaration
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON campaigns_sheetdeclaration
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
