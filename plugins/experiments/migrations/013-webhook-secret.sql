-- The audit log told the webhook's secret to whoever read it. It stays a log: what is taken out is the secret alone.
alter table audit_log disable trigger audit_log_append_only;
update audit_log set
  before = case when before->'settings' ? 'webhookSecret' then jsonb_set(before, '{settings,webhookSecret}', 'true') else before end,
  after = case when after->'settings' ? 'webhookSecret' then jsonb_set(after, '{settings,webhookSecret}', 'true') else after end
where subject = 'plugin experiments' and (before->'settings' ? 'webhookSecret' or after->'settings' ? 'webhookSecret');
alter table audit_log enable trigger audit_log_append_only;
