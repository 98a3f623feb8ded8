-- A webhook without a secret is refused now. One that was accepted before never sent anything: each try ended with an error.
update plugin_state set settings = settings - 'webhookUrl' - 'webhookSecret'
where id = 'experiments' and coalesce(settings->>'webhookUrl', '') <> '' and coalesce(settings->>'webhookSecret', '') = '';
