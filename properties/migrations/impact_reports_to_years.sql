-- What issuers told in impact reports becomes words of their years, each version as it was told, in the
-- one language it had. A draft that waits goes behind what was told; what a report told stays in front.
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TEMPORARY TABLE moved ON COMMIT DROP AS
SELECT told.issuer_id, told.year, told.version, told.published_at, part.heading, part.words
FROM campaigns_impactreport told
CROSS JOIN LATERAL (VALUES
    ('done', told.goals),
    ('measured', told.measures || E'\n\n' || told.standard),
    ('ahead', told.plan)
) AS part (heading, words);

UPDATE properties_yearnote note SET version = note.version + (
    SELECT count(*) FROM moved
    WHERE (moved.issuer_id, moved.year, moved.heading) = (note.organisation_id, note.year, note.heading))
WHERE note.told_at IS NULL;

INSERT INTO properties_yearnote
    (organisation_id, year, heading, version, reason, text_it, text_en, written_at, told_at)
SELECT moved.issuer_id, moved.year, moved.heading,
    moved.version + (SELECT count(*) FROM properties_yearnote note WHERE note.told_at IS NOT NULL
        AND (moved.issuer_id, moved.year, moved.heading) = (note.organisation_id, note.year, note.heading)),
    CASE WHEN moved.version > 1 THEN 'v' || moved.version ELSE '' END,
    moved.words, moved.words, moved.published_at, moved.published_at
FROM moved;

INSERT INTO properties_yearreport (organisation_id, year, version, added_on, published_at, by_label)
SELECT issuer_id, year, version, added_on, published_at, by_label FROM campaigns_impactreport;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON properties_yearreport
    FOR EACH ROW EXECUTE FUNCTION properties_refuse_change();
