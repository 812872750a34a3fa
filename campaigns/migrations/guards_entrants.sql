-- Who got shares of an issuer for the first time, and when. Applied by 0020_entrants.py.
CREATE FUNCTION campaigns_keep_entrants() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- In one order, so that of two who allot at once the second waits, and neither for the other.
    INSERT INTO campaigns_entrant (issuer_id, investor_id, since)
        SELECT campaign.issuer_id, pledge.investor_id, min(entry.allotted_at)
        FROM added entry JOIN campaigns_pledge pledge ON pledge.id = entry.pledge_id
            JOIN campaigns_campaign campaign ON campaign.id = entry.campaign_id
        GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (issuer_id, investor_id) DO UPDATE SET since = EXCLUDED.since
        WHERE EXCLUDED.since < campaigns_entrant.since;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_entrants AFTER INSERT ON campaigns_allotment
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_keep_entrants();

DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION campaigns_keep_entrants() SET search_path = %I, pg_temp', current_schema());
END $$;

-- Counted by index alone, as soon as it was vacuumed.
ALTER TABLE campaigns_entrant SET (autovacuum_vacuum_insert_scale_factor = 0.02);

INSERT INTO campaigns_entrant (issuer_id, investor_id, since)
    SELECT campaign.issuer_id, pledge.investor_id, min(entry.allotted_at)
    FROM campaigns_allotment entry JOIN campaigns_pledge pledge ON pledge.id = entry.pledge_id
        JOIN campaigns_campaign campaign ON campaign.id = entry.campaign_id
    GROUP BY 1, 2;
