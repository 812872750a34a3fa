-- What ties an investor to an issuer, and what an issuer reported of its impact, is never rewritten.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON campaigns_issuertie
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON campaigns_issuertie
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON campaigns_impactreport
    FOR EACH ROW EXECUTE FUNCTION campaigns_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON campaigns_impactreport
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_refuse_change();
