-- The guards of transfers, judged a statement at a time. Applied by 0004; the others stand in guards.sql.
-- What was refused is refused, at a tenth of the cost: a statement brings thousands of rows.

DROP TRIGGER judge ON ledger_transfer;
DROP FUNCTION ledger_judge_transfer();
DROP FUNCTION ledger_transfer_hash(ledger_entry, ledger_transfer);

-- 4. The hash of a transfer. Values and not rows, so that who writes many makes it in one statement.
CREATE FUNCTION ledger_transfer_digest(
    entry_id bigint, key text, kind text, day date, at timestamptz, by_label text, memo text,
    subject text, reverses bigint, id bigint, source bigint, target bigint, amount numeric,
    currency text
) RETURNS text LANGUAGE sql STABLE AS $$
    -- Instants are hashed as seconds since 1970, so that no time zone setting changes the hash.
    SELECT encode(sha256(convert_to(concat_ws(E'\x1f',
        entry_id, key, kind, day, extract(epoch FROM at)::numeric(20, 6), by_label, memo, subject,
        coalesce(reverses::text, '-'), id, source, target, amount::numeric(14, 2), currency
    ), 'UTF8')), 'hex')
$$;
CREATE FUNCTION ledger_transfer_hash(entry ledger_entry, moved ledger_transfer)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT ledger_transfer_digest(entry.id, entry.key, entry.kind, entry."on", entry.at,
        entry.by_label, entry.memo, entry.subject, entry.reverses_id, moved.id, moved.source_id,
        moved.target_id, moved.amount, moved.amount_currency)
$$;

-- A transfer that comes without its pair and its hash gets them.
CREATE FUNCTION ledger_stamp_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT s.kind || '>' || g.kind, ledger_transfer_hash(e, NEW)
    INTO STRICT NEW.pair, NEW.content_hash
    FROM ledger_entry e, ledger_account s, ledger_account g
    WHERE e.id = NEW.entry_id AND s.id = NEW.source_id AND g.id = NEW.target_id;
    RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON ledger_transfer
    FOR EACH ROW WHEN (NEW.content_hash = '' OR NEW.pair = '')
    EXECUTE FUNCTION ledger_stamp_transfer();

CREATE FUNCTION ledger_judge_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    -- One pass over the rows; of like moves (same kinds, funds, currencies, purpose, day) one is judged.
    -- IS NOT TRUE: of what is not there yet (foreign keys wait for the commit) nothing is known.
    SELECT s.code AS source, g.code AS target, alike.* INTO bad
    FROM (
        SELECT min(a.source_id) AS source_id, min(a.target_id) AS target_id, e."on",
            min(e.key) AS key,
            bool_and(a.amount_currency = s.currency AND a.pair = s.kind || '>' || g.kind) AS fits,
            bool_and(e.posted_in = pg_current_xact_id()::text::bigint) AS is_new,
            bool_and(a.content_hash = ledger_transfer_digest(e.id, e.key, e.kind, e."on", e.at,
                e.by_label, e.memo, e.subject, e.reverses_id, a.id, a.source_id, a.target_id,
                a.amount, a.amount_currency)) AS is_hashed
        FROM added a
            LEFT JOIN ledger_entry e ON e.id = a.entry_id
            LEFT JOIN ledger_account s ON s.id = a.source_id
            LEFT JOIN ledger_account g ON g.id = a.target_id
        GROUP BY s.kind, s.fund_id, s.currency, g.kind, g.fund_id, g.currency, g.purpose, e."on"
    ) alike
        LEFT JOIN ledger_account s ON s.id = alike.source_id
        LEFT JOIN ledger_account g ON g.id = alike.target_id
        LEFT JOIN ledger_fund f ON f.id = s.fund_id
    WHERE (fits AND is_new AND is_hashed AND ledger_pair_is_allowed(s, g, f, alike."on")) IS NOT TRUE
    LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    -- An entry is complete once its transaction is: nothing is added to it later.
    IF bad.is_new IS NOT TRUE OR bad.fits AND bad.is_hashed IS NOT TRUE THEN
        RAISE EXCEPTION 'ledger: entry % is complete, or its hash is not of what it moves', bad.key
            USING ERRCODE = 'restrict_violation';
    END IF;
    RAISE EXCEPTION 'ledger: no money may move from % to % on %', bad.source, bad.target, bad."on"
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_pair_allowed';
END $$;
-- By its name it fires before move_balances, as what may not move is refused before it is counted.
CREATE TRIGGER judge AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_judge_transfers();

DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname LIKE 'ledger\_%'
        AND pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
