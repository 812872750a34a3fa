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
            OR target.kind = 'holding' AND fund.released_at IS NOT NULL
        WHEN 'clearing' THEN target.kind IN ('held', 'payer', 'due')
            OR target.kind IN ('holding', 'use') AND NOT fund.is_restricted AND NOT fund.is_held
        WHEN 'holding' THEN target.kind IN ('holding', 'held', 'payer')
            OR target.kind = 'owed' AND NOT fund.is_restricted
            OR target.kind = 'use' AND (NOT fund.is_restricted OR EXISTS (
                SELECT 1 FROM ledger_fundpolicy p
                WHERE p.fund_id = fund.id AND p.purpose = target.purpose
                    AND p.valid_from <= day AND (p.valid_to IS NULL OR day < p.valid_to)))
        WHEN 'use' THEN target.kind IN ('holding', 'due')
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

-- 7. At commit, a claim on own money: own money bears it in the same entry and currency, and a
-- provider's fee is small beside the payment that it was taken from (5 % and one euro; cards in the
-- EEA cost less).
CREATE FUNCTION ledger_judge_claim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    charged numeric; paid numeric; borne numeric; due numeric;
BEGIN
    SELECT coalesce(sum(amount) FILTER (WHERE pair = 'clearing>due'), 0),
        coalesce(sum(amount) FILTER (WHERE pair = 'payer>clearing'), 0),
        coalesce(sum(amount) FILTER (WHERE pair = 'owed>use'), 0),
        coalesce(sum(amount) FILTER (WHERE pair IN ('clearing>due', 'use>due')), 0)
    INTO charged, paid, borne, due
    FROM ledger_transfer
    WHERE entry_id = NEW.entry_id AND amount_currency = NEW.amount_currency;
    IF due <> borne OR charged > round(paid * 0.05, 2) + 1.00 * sign(paid) THEN
        RAISE EXCEPTION 'ledger: entry % charges % on %, of which own money bears %',
            NEW.entry_id, charged, paid, borne
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_claim_has_bearer';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER judge_claim AFTER INSERT ON ledger_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.pair IN ('clearing>due', 'use>due', 'owed>use'))
    EXECUTE FUNCTION ledger_judge_claim();

-- 8. A temporary table is found before a real one of its name, and anybody may make one: the guards
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
