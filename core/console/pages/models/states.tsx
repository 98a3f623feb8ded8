import React from 'react';
import { ago, Badge, Notice, number, percent, plural } from '../../kit/index.tsx';
import type { AlgorithmView, Version } from '../blend/types.tsx';

/** What a version is, in a word or two. */
export function State({ version, serving }: { readonly version: Version; readonly serving: AlgorithmView['serving'] }) {
  const served = serving?.version === version.version;
  return (
    <>
      {version.active && <Badge kind={served ? 'good' : 'warn'}>champion</Badge>} {version.broken && <Badge kind="bad">broken</Badge>}{' '}
      {!version.active && version.refused && <Badge kind="warn">refused</Badge>} {!version.active && served && <Badge kind="info">stands in</Badge>}
    </>
  );
}

/** What viewers get now, and whether something is wrong with it. */
export function Situation({ title, versions, serving, plugin }: AlgorithmView) {
  const champion = versions.find(({ active }) => active),
    newest = versions[0];
  if (!champion || !newest) return <p className="mq-soft">There is no model yet: train one.</p>;
  return (
    <>
      {champion.broken && (
        <Notice kind="bad" title={`Version ${champion.version} is broken`}>
          {champion.broken} {stoodInFor(champion, serving)} Your choice stays until you change it.
        </Notice>
      )}
      {!champion.broken && champion.update?.broken && (
        <Notice kind="bad" title={`The update of version ${champion.version} is broken`}>
          {champion.update.broken} The version is served as it was trained until the next update replaces it.
        </Notice>
      )}
      {newest.refused && !newest.active && (
        <Notice kind="warn" title={`Version ${newest.version} was refused ${ago(newest.created_at)}`}>
          {newest.verdict} Version {champion.version} stays in service. Train again when there is more data or with other settings, or put it in
          service nevertheless.
        </Notice>
      )}
      <p>{plugin.status === 'on' ? servedInWords(champion, serving) : `${title} is switched off: no version of it is served.`}</p>
      <Scored {...champion} />
      <Drifted {...champion} />
    </>
  );
}

/** Who serves in the place of a broken champion. */
function stoodInFor({ version }: Version, serving: AlgorithmView['serving']): string {
  if (!serving) return 'There is no other sound version, so the algorithm gives its weight to the others.';
  if (serving.version === version) return 'This process still has it in memory from before; those that start now serve the last good version.';
  return `Version ${serving.version}, the last good one, is served instead.`;
}

function servedInWords({ version, created_at, update }: Version, serving: AlgorithmView['serving']): string {
  if (!serving) return `Version ${version} is being loaded.`;
  if (serving.version !== version) return `Viewers get version ${serving.version}.`;
  const trained = `Viewers get version ${version}, trained ${ago(created_at)}`;
  if (!update || serving.revision === 0) return `${trained}.`;
  return `${trained}, with ${plural(serving.revision, 'update')} since; the last one, ${ago(update.created_at)}, took in what ${plural(update.units, 'viewer')} did.`;
}

/** An algorithm may be limited to some films (its description, above, says which), or know nothing of some. */
function Scored({ version, films, metrics: { scored } }: Version) {
  if (!scored || scored >= films) return null;
  return (
    <p className="mq-soft">
      Version {version} covers {number(scored)} of {plural(films, 'film')}: for these it had a score for somebody on the hold-out. The rest is left to
      the other algorithms.
    </p>
  );
}

/** How far apart the lists were before and after this training. */
function Drifted({ version, metrics: { drift } }: Version) {
  if (!drift) return null;
  const before = `version ${drift.version}${drift.revision > 0 ? ` with its ${plural(drift.revision, 'update')}` : ''}`;
  return (
    <p className="mq-soft">
      Drift: of the 20 films that {before} listed for a viewer, version {version} lists {(drift.overlap20 * 20).toFixed(1)} too (
      {percent(drift.overlap20, 0)}, mean over {plural(drift.viewers, 'viewer')}).
    </p>
  );
}
