-- Kept sums of offers. Applied by 0011_tallies.py.
-- Each change adds a row and updates none: writers of one offer do not wait for each other here.

CREATE FUNCTION campaigns_tally_orders(
    of_campaign bigint, of_investor bigint, orders bigint, worth numeric, in_line bigint
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    standing bigint := 0;
    came int := 0;
BEGIN
    IF orders = 0 AND worth = 0 AND in_line = 0 THEN
        RETURN;
    END IF;
    -- Whether an investor is a first or a last one here; who has thousands of orders is not counted out.
    IF orders <> 0 THEN
        SELECT count(*) INTO standing FROM (SELECT FROM campaigns_pledge
            WHERE campaign_id = of_campaign AND investor_id = of_investor
                AND state IN ('placed', 'confirmed', 'allotted')
            LIMIT greatest(orders, 0) + 1) theirs;
        came := (standing > 0)::int - (orders < 0 OR standing > orders)::int;
    END IF;
    INSERT INTO campaigns_tally (campaign_id, method, pledges, promised, waitlisted, investors)
        VALUES (of_campaign, '', orders, worth, in_line, came);
END $$;

CREATE FUNCTION campaigns_tally_new_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM campaigns_tally_orders(campaign_id, investor_id,
        count(*) FILTER (WHERE state IN ('placed', 'confirmed', 'allotted')),
        coalesce(sum(amount) FILTER (WHERE state IN ('placed', 'confirmed', 'allotted')), 0),
        count(*) FILTER (WHERE state = 'waitlisted'))
    FROM becomes GROUP BY campaign_id, investor_id;
    RETURN NULL;
END $$;

CREATE FUNCTION campaigns_tally_changed_orders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM campaigns_tally_orders(campaign_id, investor_id,
        coalesce(sum(sign) FILTER (WHERE state IN ('placed', 'confirmed', 'allotted')), 0),
        coalesce(sum(sign * amount) FILTER (WHERE state IN ('placed', 'confirmed', 'allotted')), 0),
        coalesce(sum(sign) FILTER (WHERE state = 'waitlisted'), 0))
    FROM (SELECT campaign_id, investor_id, state, amount, 1 AS sign FROM becomes
        UNION ALL SELECT campaign_id, investor_id, state, amount, -1 FROM was) changed
    GROUP BY campaign_id, investor_id;
    RETURN NULL;
END $$;

CREATE TRIGGER tally_new AFTER INSERT ON campaigns_pledge REFERENCING NEW TABLE AS becomes
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_tally_new_orders();
CREATE TRIGGER tally_changed AFTER UPDATE ON campaigns_pledge
    REFERENCING OLD TABLE AS was NEW TABLE AS becomes
    FOR EACH STATEMENT EXECUTE FUNCTION campaigns_tally_changed_orders();

-- What came is paid at once; it is settled when it came by bank, or with its payout.
CREATE FUNCTION campaigns_tally_payment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO campaigns_tally (campaign_id, method, received_on, paid, settled)
        SELECT campaign_id, NEW.method, (NEW.received_at AT TIME ZONE 'Europe/Rome')::date,
            NEW.amount, CASE WHEN NEW.method IN ('transfer', 'opening') THEN NEW.amount ELSE 0 END
        FROM campaigns_pledge WHERE id = NEW.pledge_id;
    RETURN NULL;
END $$;
CREATE TRIGGER tally AFTER INSERT ON campaigns_payment
    FOR EACH ROW EXECUTE FUNCTION campaigns_tally_payment();

-- What a payout settles: its payments, less what went back of them before.
CREATE FUNCTION campaigns_tally_settled(of_payout bigint, of_item bigint, sign int)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO campaigns_tally (campaign_id, method, received_on, settled)
    SELECT p.campaign_id, y.method, (y.received_at AT TIME ZONE 'Europe/Rome')::date,
        sign * sum(y.amount - coalesce(back.sum, 0))
    FROM campaigns_payoutitem i JOIN campaigns_payment y ON y.id = i.payment_id
    JOIN campaigns_pledge p ON p.id = y.pledge_id
    LEFT JOIN LATERAL (SELECT sum(amount) AS sum FROM campaigns_refund
        WHERE payment_id = y.id AND returned_at IS NOT NULL) back ON true
    WHERE i.payout_id = of_payout AND (of_item IS NULL OR i.id = of_item)
        AND y.method NOT IN ('transfer', 'opening')
    GROUP BY 1, 2, 3
$$;

CREATE FUNCTION campaigns_tally_payout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM campaigns_tally_settled(NEW.id, NULL, CASE WHEN NEW.arrived_at IS NULL THEN -1 ELSE 1 END);
    RETURN NULL;
END $$;
CREATE TRIGGER tally AFTER UPDATE ON campaigns_payout FOR EACH ROW
    WHEN ((OLD.arrived_at IS NULL) <> (NEW.arrived_at IS NULL))
    EXECUTE FUNCTION campaigns_tally_payout();

-- An item that is told after its payout arrived. Payment and payout are held, here and below, so that
-- an arrival and a return of the same money see each other.
CREATE FUNCTION campaigns_tally_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    arrived timestamptz;
BEGIN
    PERFORM 1 FROM campaigns_payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    SELECT arrived_at INTO arrived FROM campaigns_payout WHERE id = NEW.payout_id FOR SHARE;
    IF arrived IS NOT NULL THEN
        PERFORM campaigns_tally_settled(NEW.payout_id, NEW.id, 1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tally AFTER INSERT ON campaigns_payoutitem
    FOR EACH ROW WHEN (NEW.payment_id IS NOT NULL) EXECUTE FUNCTION campaigns_tally_item();

-- What went back is no longer paid, and no longer settled where its payment was.
CREATE FUNCTION campaigns_tally_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    went numeric := CASE WHEN NEW.returned_at IS NULL THEN 0 ELSE NEW.amount END;
    arrived timestamptz;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.returned_at IS NOT NULL THEN
        went := went - OLD.amount;
    END IF;
    IF went = 0 THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM campaigns_payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    SELECT o.arrived_at INTO arrived FROM campaigns_payoutitem i
        JOIN campaigns_payout o ON o.id = i.payout_id WHERE i.payment_id = NEW.payment_id
        FOR SHARE OF o;
    INSERT INTO campaigns_tally (campaign_id, method, received_on, paid, settled)
        SELECT p.campaign_id, y.method, (y.received_at AT TIME ZONE 'Europe/Rome')::date, -went,
            CASE WHEN y.method IN ('transfer', 'opening') OR arrived IS NOT NULL
                THEN -went ELSE 0 END
        FROM campaigns_payment y JOIN campaigns_pledge p ON p.id = y.pledge_id
        WHERE y.id = NEW.payment_id;
    RETURN NULL;
END $$;
CREATE TRIGGER tally AFTER INSERT OR UPDATE ON campaigns_refund
    FOR EACH ROW EXECUTE FUNCTION campaigns_tally_refund();

-- What stood before these triggers.
INSERT INTO campaigns_tally (campaign_id, method, pledges, promised, waitlisted, investors)
    SELECT campaign_id, '',
        count(*) FILTER (WHERE state <> 'waitlisted'),
        coalesce(sum(amount) FILTER (WHERE state <> 'waitlisted'), 0),
        count(*) FILTER (WHERE state = 'waitlisted'),
        count(DISTINCT investor_id) FILTER (WHERE state <> 'waitlisted')
    FROM campaigns_pledge WHERE state IN ('placed', 'confirmed', 'allotted', 'waitlisted')
    GROUP BY campaign_id;
INSERT INTO campaigns_tally (campaign_id, method, received_on, paid, settled)
    SELECT p.campaign_id, y.method, (y.received_at AT TIME ZONE 'Europe/Rome')::date, sum(kept.rest),
        coalesce(sum(kept.rest) FILTER (
            WHERE y.method IN ('transfer', 'opening') OR o.arrived_at IS NOT NULL), 0)
    FROM campaigns_payment y JOIN campaigns_pledge p ON p.id = y.pledge_id
    LEFT JOIN campaigns_payoutitem i ON i.payment_id = y.id
    LEFT JOIN campaigns_payout o ON o.id = i.payout_id
    CROSS JOIN LATERAL (SELECT y.amount - coalesce(sum(amount), 0) AS rest FROM campaigns_refund
        WHERE payment_id = y.id AND returned_at IS NOT NULL) kept
    GROUP BY 1, 2, 3;
