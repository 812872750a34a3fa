"""Refunds that take the place of failed ones, accounts to return money to, and their guards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
-- What is on its way back of a payment is never more than it brought, whoever asks and however many.
CREATE FUNCTION campaigns_judge_refund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    brought numeric; back numeric;
BEGIN
    SELECT amount INTO brought FROM campaigns_payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
    SELECT sum(amount) INTO back FROM campaigns_refund
        WHERE payment_id = NEW.payment_id AND failed_at IS NULL;
    IF back > brought THEN
        RAISE EXCEPTION 'campaigns: % of payment % would go back, which brought %',
            back, NEW.payment_id, brought
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_payment';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OF amount, payment_id, failed_at ON campaigns_refund
    FOR EACH ROW EXECUTE FUNCTION campaigns_judge_refund();

-- An account that two people confirmed stays as they confirmed it, and what was handed in stays.
CREATE FUNCTION campaigns_guard_return_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.confirmed_at IS NULL
        AND (NEW.id, NEW.pledge_id, NEW.iban, NEW.holder, NEW.sha256, NEW.content)
            IS NOT DISTINCT FROM (OLD.id, OLD.pledge_id, OLD.iban, OLD.holder, OLD.sha256,
                OLD.content) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'campaigns: an account to return money to is not changed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON campaigns_returnaccount
    FOR EACH ROW EXECUTE FUNCTION campaigns_guard_return_account();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="refund",
            name="failure",
            field=models.CharField(blank=True, max_length=40, verbose_name="why it failed"),
        ),
        migrations.AddField(
            model_name="refund",
            name="replaces",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="campaigns.refund",
            ),
        ),
        migrations.CreateModel(
            name="ReturnAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("iban", models.CharField(max_length=34, verbose_name="IBAN")),
                ("holder", models.CharField(max_length=70, verbose_name="holder of the account")),
                ("content", models.BinaryField()),
                ("media_type", models.CharField(max_length=40)),
                ("sha256", models.CharField(max_length=64)),
                ("told_at", models.DateTimeField(verbose_name="told")),
                ("told_by_label", models.CharField(max_length=200)),
                (
                    "evidence",
                    models.CharField(blank=True, max_length=300, verbose_name="how it was checked"),
                ),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pledge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="return_accounts",
                        to="campaigns.pledge",
                    ),
                ),
            ],
            options={
                "verbose_name": "account to return money to",
                "verbose_name_plural": "accounts to return money to",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            models.Q(
                                ("checked_by__isnull", False),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                models.Q(("evidence", ""), _negated=True),
                                models.Q(("confirmed_by", models.F("checked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="return_account_confirmed_by_another",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
