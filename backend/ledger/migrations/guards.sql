-- The guards of the ledger. Applied by 0002_guards.py; read that file's docstring first.

-- 1. Append-only: what was posted is never changed, whoever asks.
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger: % of % is refused, the books are append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_transfer
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_seal
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- 2. A fund keeps its nature; it is released once and for good.
CREATE FUNCTION ledger_guard_fund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'ledger: a fund is never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.code, NEW.is_restricted, NEW.is_held, NEW.organisation_id)
        IS DISTINCT FROM (OLD.id, OLD.code, OLD.is_restricted, OLD.is_held, OLD.organisation_id)
        OR OLD.released_at IS NOT NULL AND NEW.released_at IS DISTINCT FROM OLD.released_at THEN
        RAISE EXCEPTION 'ledger: fund % keeps its nature and its release', OLD.code
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON ledger_fund
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_fund();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_fund
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- A policy may be given an end, once; nothing else of it changes.
CREATE FUNCTION ledger_guard_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.valid_to IS NULL
        AND (NEW.id, NEW.fund_id, NEW.purpose, NEW.valid_from)
            IS NOT DISTINCT FROM (OLD.id, OLD.fund_id, OLD.purpose, OLD.valid_from) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'ledger: a fund policy is ended, never changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON ledger_fundpolicy
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_policy();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_fundpolicy
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- 3. Every account has a balance row, bounded by its kind.
CREATE FUNCTION ledger_open_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_balance (account_id, amount, floor, ceiling) VALUES (
        NEW.id, 0,
        CASE WHEN NEW.kind IN ('held', 'holding', 'use', 'due') THEN 0 END,
        CASE WHEN NEW.kind IN ('payer', 'owed') THEN 0 END);
    RETURN NULL;
END $$;
CREATE TRIGGER open_balance AFTER INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_open_balance();

-- Balances are written by triggers alone (depth 2: a trigger's own statement), bounds by none: an
-- amount that a strange trigger wrote is found by the checks, a bound lifted and put back would not be.
CREATE FUNCTION ledger_guard_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') OR pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'ledger: balances follow from transfers, % is refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.account_id, NEW.floor, NEW.ceiling)
        IS DISTINCT FROM (OLD.account_id, OLD.floor, OLD.ceiling) THEN
        RAISE EXCEPTION 'ledger: a balance keeps its account and its bounds'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON ledger_balance
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_balance();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_balance
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_balance();

-- 4. Which pairs of accounts money may move between. Never across funds.
CREATE FUNCTION ledger_pair_is_allowed(
    source ledger_account, target ledger_account, fund ledger_fund, day date
) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT source.fund_id IS NOT DISTINCT FROM target.fund_id
        AND source.currency = target.currency
        AND CASE source.kind
        WHEN 'outside' THEN target.kind = 'suspense'
        WHEN 'suspense' THEN target.kind = 'outside'
        WHEN 'payer' THEN target.kind IN ('held', 'clearing')
            OR target.kind = 'holding' AND NOT fund.is_held
        WHEN 'held' THEN target.kind IN ('held', 'payer')
            OR target.kind IN ('holding', 'due') AND fund.released_at IS NOT NULL
        WHEN 'clearing' THEN target.kind IN ('held', 'payer', 'due')
            OR target.kind IN ('holding', 'use') AND NOT fund.is_restricted AND NOT fund.is_held
        WHEN 'holding' THEN target.kind IN ('holding', 'held', 'payer')
            OR target.kind = 'owed' AND NOT fund.is_restricted
            OR target.kind = 'use' AND (NOT fund.is_restricted OR EXISTS (
                SELECT 1 FROM ledger_fundpolicy p
                WHERE p.fund_id = fund.id AND p.purpose = target.purpose
                    AND p.valid_from <= day AND (p.valid_to IS NULL OR day < p.valid_to)))
        WHEN 'use' THEN target.kind IN ('holding', 'due')
            OR target.kind = 'owed' AND NOT fund.is_restricted
        WHEN 'due' THEN target.kind IN ('held', 'holding', 'clearing')
        WHEN 'owed' THEN target.kind = 'use' AND NOT fund.is_restricted
        ELSE false END
$$;

CREATE FUNCTION ledger_transfer_hash(entry ledger_entry, moved ledger_transfer)
RETURNS text LANGUAGE sql STABLE AS $$
    -- Instants are hashed as seconds since 1970, so that no time zone setting changes the hash.
    SELECT encode(sha256(convert_to(concat_ws(E'\x1f',
        entry.id, entry.key, entry.kind, entry."on", extract(epoch FROM entry.at)::numeric(20, 6),
        entry.by_label, entry.memo, entry.subject, coalesce(entry.reverses_id::text, '-'),
        moved.id, moved.source_id, moved.target_id, moved.amount, moved.amount_currency
    ), 'UTF8')), 'hex')
$$;

CREATE FUNCTION ledger_stamp_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.posted_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_stamp_entry();

CREATE FUNCTION ledger_judge_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    source ledger_account; target ledger_account; fund ledger_fund; entry ledger_entry;
BEGIN
    SELECT * INTO STRICT source FROM ledger_account WHERE id = NEW.source_id;
    SELECT * INTO STRICT target FROM ledger_account WHERE id = NEW.target_id;
    SELECT * INTO STRICT entry FROM ledger_entry WHERE id = NEW.entry_id;
    SELECT * INTO fund FROM ledger_fund WHERE id = source.fund_id;
    -- IS NOT TRUE: of a fund that is not there yet (foreign keys wait for the commit) nothing is known.
    IF NEW.amount_currency <> source.currency
        OR ledger_pair_is_allowed(source, target, fund, entry."on") IS NOT TRUE THEN
        RAISE EXCEPTION 'ledger: no money may move from % to % on %',
            source.code, target.code, entry."on"
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_pair_allowed';
    END IF;
    -- An entry is complete once its transaction is: nothing is added to it later.
    IF entry.posted_in <> pg_current_xact_id()::text::bigint THEN
        RAISE EXCEPTION 'ledger: entry % is complete', entry.key
            USING ERRCODE = 'restrict_violation';
    END IF;
    NEW.pair := source.kind || '>' || target.kind;
    NEW.content_hash := ledger_transfer_hash(entry, NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER judge BEFORE INSERT ON ledger_transfer
    FOR EACH ROW EXECUTE FUNCTION ledger_judge_transfer();

-- 5. Balances, set-based, locked in one order so that writers never wait in a circle.
CREATE FUNCTION ledger_move_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ledger_balance
        WHERE account_id IN (SELECT source_id FROM added UNION SELECT target_id FROM added)
        ORDER BY account_id FOR UPDATE;
    UPDATE ledger_balance b SET amount = b.amount + moved.delta
    FROM (
        SELECT account_id, sum(delta) AS delta FROM (
            SELECT source_id AS account_id, -amount AS delta FROM added
            UNION ALL SELECT target_id, amount FROM added) legs
        GROUP BY account_id) moved
    WHERE b.account_id = moved.account_id;
    -- In one order as well; whoever moves an account of its own waits at its balance already.
    INSERT INTO ledger_daytotal (account_id, fund_id, currency, "on", came, gone)
    SELECT CASE WHEN a.kind <> 'payer' THEN a.id END AS account,
        CASE WHEN a.kind = 'payer' THEN a.fund_id END AS fund,
        a.currency, e."on", sum(legs.came), sum(legs.gone)
    FROM (
        SELECT entry_id, source_id AS account_id, 0 AS came, amount AS gone FROM added
        UNION ALL SELECT entry_id, target_id, amount, 0 FROM added) legs
        JOIN ledger_account a ON a.id = legs.account_id
        JOIN ledger_entry e ON e.id = legs.entry_id
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (account_id, fund_id, currency, "on") DO UPDATE
        SET came = ledger_daytotal.came + excluded.came,
            gone = ledger_daytotal.gone + excluded.gone;
    RETURN NULL;
END $$;
CREATE TRIGGER move_balances AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_move_balances();

-- 6. At commit, an entry as a whole: it moves something.
CREATE FUNCTION ledger_judge_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger_transfer WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'ledger: entry % moves nothing', NEW.key
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_moves_something';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER judge_entry AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_judge_entry();

-- 7. At commit, a claim on own money: own money bears it in the same entry and currency. What leaves
-- the provider is a fee, small beside the payment that it was taken from (5 % and one euro; cards in
-- the EEA cost less), or a chargeback: never more than payments about the same subject brought there,
-- whether or not they were refunded before (both leave then); or a fee apart from payments, of a dispute
-- or of the account: 100 at most.
CREATE FUNCTION ledger_judge_claim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    charged numeric; paid numeric; borne numeric; due numeric; entry ledger_entry; brought numeric;
    forgiven numeric; undone numeric;
BEGIN
    SELECT coalesce(sum(amount) FILTER (WHERE pair = 'clearing>due'), 0),
        coalesce(sum(amount) FILTER (WHERE pair = 'payer>clearing'), 0),
        coalesce(sum(amount) FILTER (WHERE pair = 'owed>use'), 0),
        coalesce(sum(amount) FILTER (WHERE pair IN ('clearing>due', 'use>due', 'held>due')), 0)
    INTO charged, paid, borne, due
    FROM ledger_transfer
    WHERE entry_id = NEW.entry_id AND amount_currency = NEW.amount_currency;
    SELECT coalesce(sum(amount) FILTER (WHERE pair = 'use>owed'), 0),
        coalesce(sum(amount) FILTER (WHERE pair = 'due>clearing'), 0)
    INTO forgiven, undone
    FROM ledger_transfer
    WHERE entry_id = NEW.entry_id AND amount_currency = NEW.amount_currency;
    SELECT * INTO STRICT entry FROM ledger_entry WHERE id = NEW.entry_id;
    IF entry.kind = 'chargeback' AND entry.subject <> '' THEN
        SELECT coalesce(sum(CASE t.pair WHEN 'payer>clearing' THEN t.amount
            WHEN 'due>clearing' THEN CASE undone_entry.kind WHEN 'chargeback' THEN t.amount ELSE 0 END
            WHEN 'clearing>due' THEN CASE e.kind WHEN 'chargeback' THEN -t.amount ELSE 0 END
            ELSE 0 END), 0) + charged
        INTO brought
        FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id
        LEFT JOIN ledger_entry undone_entry ON undone_entry.id = e.reverses_id
        WHERE e.subject = entry.subject AND t.amount_currency = NEW.amount_currency;
    ELSIF entry.kind = 'provider_fee' THEN
        brought := 100.00;
    ELSE
        brought := round(paid * 0.05, 2) + 1.00 * sign(paid);
    END IF;
    IF due <> borne OR charged > brought OR forgiven > undone THEN
        RAISE EXCEPTION 'ledger: entry % charges % on %, of which own money bears %',
            NEW.entry_id, charged, brought, borne
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_claim_has_bearer';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER judge_claim AFTER INSERT ON ledger_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.pair IN ('clearing>due', 'use>due', 'held>due', 'owed>use', 'use>owed'))
    EXECUTE FUNCTION ledger_judge_claim();

-- 8. Whose books an account stands in: its fund's, or for outside and suspense who opened it.
CREATE FUNCTION ledger_stamp_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.fund_id IS NOT NULL THEN
        SELECT organisation_id INTO NEW.organisation_id FROM ledger_fund WHERE id = NEW.fund_id;
    END IF;
    INSERT INTO ledger_books (organisation_id) SELECT NEW.organisation_id
        WHERE NEW.organisation_id IS NOT NULL ON CONFLICT DO NOTHING;
    RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_stamp_account();

-- 9. What an account moved on a day, written by the trigger on transfers alone. Payers are as many as
-- pledges and move a few times each: they are kept as one pool per fund.
CREATE FUNCTION ledger_guard_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') OR pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'ledger: % follows from other rows, % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON ledger_daytotal
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_daytotal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_kept();
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON ledger_books
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_kept();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_books
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard_kept();

-- 10. Nothing is posted into a closed month. A share of the books' row is held to the commit, and who
-- closes a month wants it alone: an entry is in the month before it is closed, or is refused.
CREATE FUNCTION ledger_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    latest date; late record;
BEGIN
    PERFORM 1 FROM ledger_books WHERE organisation_id IN (
        SELECT organisation_id FROM ledger_account
        WHERE id IN (SELECT source_id FROM added UNION SELECT target_id FROM added))
        ORDER BY organisation_id FOR SHARE;
    SELECT max(closed_until) INTO latest FROM ledger_books;
    IF latest IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT e.key, e."on", b.closed_until INTO late
    FROM (SELECT entry_id, source_id AS account_id FROM added
          UNION SELECT entry_id, target_id FROM added) legs
        JOIN ledger_entry e ON e.id = legs.entry_id
        JOIN ledger_account a ON a.id = legs.account_id
        JOIN ledger_books b ON b.organisation_id = a.organisation_id
    WHERE e."on" <= b.closed_until LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger: entry % of % falls into a month closed until %',
            late.key, late."on", late.closed_until
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_month_is_open';
    END IF;
    RETURN NULL;
END $$;
-- By its name it fires before move_balances: the books' row is always taken before any balance.
CREATE TRIGGER closed_months AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_closed();

-- 11. What stood in a month: the first one closed holds all that came before it, too.
CREATE FUNCTION ledger_month_content(month ledger_month, OUT transfers bigint, OUT digest text)
LANGUAGE sql STABLE AS $$
    SELECT count(*), encode(sha256(convert_to(
        coalesce(string_agg(ledger_transfer_hash(e, t), '' ORDER BY t.id), ''), 'UTF8')), 'hex')
    FROM ledger_transfer t
        JOIN ledger_entry e ON e.id = t.entry_id
        JOIN ledger_account s ON s.id = t.source_id
    WHERE s.organisation_id = month.organisation_id
        AND e."on" < month.first_day + interval '1 month'
        AND (e."on" >= month.first_day OR NOT EXISTS (
            SELECT 1 FROM ledger_month m WHERE m.organisation_id = month.organisation_id
                AND m.first_day < month.first_day AND m.closed_at IS NOT NULL))
$$;

-- A month is closed once, after the one before it, and stays closed.
CREATE FUNCTION ledger_close_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    until date; content record;
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (OLD.closed_at IS NOT NULL
            OR (NEW.id, NEW.organisation_id, NEW.first_day)
                IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.first_day)) THEN
        RAISE EXCEPTION 'ledger: a month of the books is closed once and for good'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.closed_at IS NOT NULL THEN
        RAISE EXCEPTION 'ledger: a month is asked for before it is closed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.closed_at IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT closed_until INTO until FROM ledger_books
        WHERE organisation_id = NEW.organisation_id FOR UPDATE;
    IF NOT FOUND OR NEW.first_day <> until + 1 THEN
        RAISE EXCEPTION 'ledger: months are closed in order, the last one until %', until
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_months_in_order';
    END IF;
    SELECT * INTO content FROM ledger_month_content(NEW);
    NEW.transfers := content.transfers;
    NEW.digest := content.digest;
    UPDATE ledger_books SET closed_until = (NEW.first_day + interval '1 month' - interval '1 day')::date
        WHERE organisation_id = NEW.organisation_id;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON ledger_month
    FOR EACH ROW EXECUTE FUNCTION ledger_close_month();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON ledger_month
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

-- 12. A temporary table is found before a real one of its name, and anybody may make one: the guards
-- look at the real ones alone.
DO $$
DECLARE
    guard regprocedure;
BEGIN
    FOR guard IN SELECT oid FROM pg_proc WHERE proname LIKE 'ledger\_%'
        AND pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', guard, current_schema());
    END LOOP;
END $$;
