-- What was made for an authority is never rewritten: another content is another version.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON campaigns_regulatorfile
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON campaigns_regulatorfile
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
