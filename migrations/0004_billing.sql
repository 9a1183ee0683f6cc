-- Billing: what an organization has subscribed to, what it was asked to pay, how it pays and what it used.
-- Mirrors of a payment provider keep the provider's own words (status, type). Nothing about money is erased with what
-- it belongs to: an organization with any of it cannot be deleted. Payment methods alone go with their organization.

-- A subscription that occupies the organization's one place. 'incomplete' has not begun, 'canceled' and
-- 'incomplete_expired' are over, and a word that we do not know gives nothing.
CREATE FUNCTION is_live_subscription(status text) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused');

-- Accounts are not emptied, by the owner neither: TRUNCATE would pass by the keys that keep an organization with money.
CREATE FUNCTION refuse_money_truncate() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
  BEGIN
    RAISE EXCEPTION '% holds accounts: TRUNCATE refused', TG_TABLE_NAME
      USING ERRCODE = 'TN003', HINT = 'Nothing about money is erased at once.';
  END
  $$;

CREATE TABLE subscriptions (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  stripe_customer_id varchar(255),
  stripe_subscription_id varchar(255) UNIQUE,
  plan varchar(50) NOT NULL CHECK (is_type_name(plan)),
  status varchar(50) NOT NULL CHECK (is_type_name(status)),
  current_period_start timestamptz,
  current_period_end timestamptz,
  cancel_at_period_end boolean NOT NULL DEFAULT false,
  trial_end timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- When it will end (a portal sets only this), when that was asked for, and when it did.
  cancel_at timestamptz,
  canceled_at timestamptz,
  ended_at timestamptz,
  -- The specification's index on organization_id is this key, under its name.
  CONSTRAINT idx_subscriptions_organization_id UNIQUE (organization_id, id),
  CONSTRAINT subscriptions_period_check CHECK (current_period_end >= current_period_start),
  CONSTRAINT subscriptions_ended_at_check CHECK (ended_at IS NULL OR NOT is_live_subscription(status))
);
-- One live subscription an organization and a customer; the ended ones stay as history.
CREATE UNIQUE INDEX idx_subscriptions_active ON subscriptions (organization_id) WHERE is_live_subscription(status);
CREATE UNIQUE INDEX idx_subscriptions_live_customer ON subscriptions (stripe_customer_id) WHERE is_live_subscription(status);
CREATE INDEX idx_subscriptions_stripe_customer_id ON subscriptions (stripe_customer_id);
CREATE INDEX idx_subscriptions_status ON subscriptions (status);
CREATE TRIGGER update_subscriptions_updated_at BEFORE UPDATE ON subscriptions
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON subscriptions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_money_truncate();
SELECT protect_table('subscriptions', 'organization_id');
GRANT SELECT ON subscriptions TO tenantry_tenant;
GRANT SELECT, INSERT, UPDATE ON subscriptions TO tenantry_admin, tenantry_jobs;

-- The amount is what is due, in minor units of its currency: never negative (a credit becomes balance, not a
-- negative invoice) and never more than a JavaScript number holds exactly.
CREATE TABLE invoices (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  subscription_id uuid,
  stripe_invoice_id varchar(255) UNIQUE,
  amount numeric(20, 3) NOT NULL GENERATED ALWAYS AS (amount_minor / 10::numeric ^ currency_exponent(currency)) STORED,
  status varchar(50) NOT NULL CHECK (is_type_name(status)),
  invoice_pdf text,
  -- None where the provider charges by itself: nobody has to pay by a day.
  due_date timestamptz,
  paid_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  amount_minor bigint NOT NULL CHECK (amount_minor BETWEEN 0 AND 9007199254740991),
  -- squawk-ignore ban-char-field
  currency character(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  updated_at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (organization_id, subscription_id)
    REFERENCES subscriptions (organization_id, id) ON DELETE SET NULL (subscription_id),
  CONSTRAINT invoices_paid_at_check
    CHECK (CASE WHEN status = 'paid' THEN paid_at IS NOT NULL WHEN status IN ('draft', 'open', 'void') THEN paid_at IS NULL END)
);
CREATE INDEX idx_invoices_organization_id ON invoices (organization_id);
CREATE INDEX idx_invoices_status ON invoices (status);
CREATE INDEX idx_invoices_due_date ON invoices (due_date);
CREATE INDEX idx_invoices_subscription_id ON invoices (subscription_id);
CREATE TRIGGER update_invoices_updated_at BEFORE UPDATE ON invoices
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON invoices
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_money_truncate();
SELECT protect_table('invoices', 'organization_id');
GRANT SELECT ON invoices TO tenantry_tenant;
GRANT SELECT, INSERT, UPDATE ON invoices TO tenantry_admin, tenantry_jobs;

CREATE TABLE payment_methods (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  stripe_payment_method_id varchar(255) UNIQUE,
  type varchar(50) NOT NULL CHECK (is_type_name(type)),
  card_brand varchar(50),
  card_last4 varchar(4) CHECK (card_last4 ~ '^[0-9]{4}$'),
  card_exp_month integer CHECK (card_exp_month BETWEEN 1 AND 12),
  card_exp_year integer CHECK (card_exp_year BETWEEN 1970 AND 9999),
  is_default boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_payment_methods_organization_id ON payment_methods (organization_id);
CREATE UNIQUE INDEX idx_payment_methods_default ON payment_methods (organization_id) WHERE is_default;
CREATE TRIGGER update_payment_methods_updated_at BEFORE UPDATE ON payment_methods
  FOR EACH ROW EXECUTE FUNCTION update_updated_at_column();
SELECT protect_table('payment_methods', 'organization_id');
GRANT SELECT ON payment_methods TO tenantry_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON payment_methods TO tenantry_admin, tenantry_jobs;

-- What was used, for billing. A record is never changed (no role may): too little is put right by another record, too
-- much where it was charged, as a credit. A negative quantity would be a record of nothing that was used.
-- The key comes from whoever reports, so that a retry of the same report is no second record.
CREATE TABLE usage_records (
  id uuid PRIMARY KEY DEFAULT uuid_generate_v4(),
  organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
  subscription_id uuid,
  metric_type varchar(50) NOT NULL CHECK (is_type_name(metric_type)),
  quantity bigint NOT NULL CHECK (quantity >= 0),
  period_start timestamptz NOT NULL,
  period_end timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  idempotency_key varchar(255) NOT NULL CHECK (idempotency_key ~ '\S'),
  FOREIGN KEY (organization_id, subscription_id)
    REFERENCES subscriptions (organization_id, id) ON DELETE SET NULL (subscription_id),
  UNIQUE (organization_id, idempotency_key),
  CONSTRAINT usage_records_period_check
    CHECK (period_end > period_start AND isfinite(period_start) AND isfinite(period_end))
);
CREATE INDEX idx_usage_records_organization_id ON usage_records (organization_id, metric_type, period_start);
CREATE INDEX idx_usage_records_period ON usage_records (period_start, period_end);
CREATE INDEX idx_usage_records_metric_type ON usage_records (metric_type);
CREATE INDEX idx_usage_records_subscription_id ON usage_records (subscription_id);
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON usage_records
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_money_truncate();
SELECT protect_table('usage_records', 'organization_id');
GRANT SELECT, INSERT ON usage_records TO tenantry_tenant, tenantry_admin, tenantry_jobs;
