import React, { useState } from 'react';
import { Badge, Busy, Confirm, ErrorNotice, fetchJson, Notice, Page, Panel, plural, Toggle, useAction, useData } from '../kit/index.tsx';
import type { Setting } from '../ports.ts';
import { SettingsForm, type Values } from './settings/form.tsx';

interface PluginView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
  readonly enabled: boolean;
  readonly version: number;
  readonly status: 'off' | 'on' | 'waiting' | 'failed';
  readonly failure: string | null;
  readonly waitsFor: readonly string[];
  /** gives an algorithm */
  readonly trains: boolean;
  readonly inConsole: boolean;
  readonly settings: readonly Setting[];
  readonly wanted: Values;
}

/** Everything that is installed: on or off, and its settings. Changes reach every process at once, without a restart. */
export default function PluginsPage() {
  const { data, error, reload } = useData<{ plugins: PluginView[] }>('/admin/data/core/plugins', { every: 2000 });
  const groups: [string, string, (plugin: PluginView) => boolean][] = [
    ['Features', 'What viewers can do, beyond the films themselves.', (plugin) => !plugin.required && !plugin.trains],
    ['Algorithms', 'Ways to recommend. Their weights are set with the blend.', (plugin) => plugin.trains],
    ['Always on', 'Every site needs these; their settings can be changed.', (plugin) => plugin.required],
  ];
  return (
    <Page title="Plugins and settings" lead="Switch parts of the site on and off while it runs. Data of a plugin that is off is kept.">
      <ErrorNotice error={error} />
      {!data && !error && <Busy what="the plugins" />}
      {data &&
        groups.map(([title, lead, belongs]) => {
          const plugins = data.plugins.filter(belongs);
          return (
            plugins.length > 0 && (
              <Panel key={title} title={title} lead={lead}>
                {plugins.map((plugin) => (
                  <PluginItem key={plugin.id} {...plugin} reload={reload} />
                ))}
              </Panel>
            )
          );
        })}
    </Page>
  );
}

const kinds = { on: 'good', off: 'neutral', waiting: 'warn', failed: 'bad' } as const;

function PluginItem({ reload, ...plugin }: PluginView & { readonly reload: () => Promise<void> }) {
  const { id, title, description, required, enabled, version, status, failure, waitsFor, settings, wanted } = plugin;
  const [asking, ask] = useState(false);
  const toggle = useAction(async (on: boolean) => {
    await fetchJson(`/admin/data/core/plugins/${id}`, { body: { enabled: on, version } });
    ask(false);
    // The navigation is written into the page.
    if (plugin.inConsole) setTimeout(() => location.reload(), 600);
    await reload();
  });
  return (
    <div className="mq-item">
      <div className="mq-item-head">
        <div>
          <h3>
            {title} <Badge kind={kinds[status]}>{status}</Badge>
          </h3>
          <p className="mq-soft">{description}</p>
        </div>
        <div className="mq-actions">
          {!required && <Toggle on={enabled} label={title} disabled={toggle.busy} onChange={(on) => (on ? void toggle.run(true) : ask(true))} />}
        </div>
      </div>
      {status === 'failed' && (
        <Notice kind="bad" title="It failed to start">
          {failure} Change its settings or switch it off; the rest of the site works.
        </Notice>
      )}
      {status === 'waiting' && waitsFor.length > 0 && (
        <Notice kind="warn" title="It waits for">
          {waitsFor.join(', ')}. It starts as soon as {waitsFor.length === 1 ? 'that is' : 'those are'} on.
        </Notice>
      )}
      {!asking && <ErrorNotice error={toggle.error} />}
      {settings.length > 0 && (
        <details>
          <summary>
            {plural(settings.length, 'setting')} of {title}
          </summary>
          <SettingsForm plugin={id} settings={settings} wanted={wanted} version={version} onSaved={reload} />
        </details>
      )}
      <Confirm
        open={asking}
        title={`Switch ${title} off?`}
        confirm="Switch off"
        danger
        busy={toggle.busy}
        onConfirm={() => void toggle.run(false)}
        onCancel={() => {
          ask(false);
          toggle.clear();
        }}
      >
        <p>Its pages, jobs and parts of other pages disappear at once, for everybody. Its data stays, and is there again when you switch it on.</p>
        <ErrorNotice error={toggle.error} />
      </Confirm>
    </div>
  );
}
