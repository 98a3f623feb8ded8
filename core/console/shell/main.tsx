/// <reference lib="dom" />
import React, { useEffect, type ComponentType } from 'react';
import { useParams } from 'react-router-dom';
import { destinations } from './state.tsx';

const verbs: Readonly<Record<string, string>> = { show: ': one record', edit: ': edit', new: ': new record' };

/** Gives AdminJS's own pages what they lack: a main landmark, a first heading, a name in the browser's tab. */
export default function Main({ OriginalComponent, ...props }: { readonly OriginalComponent: ComponentType<object> }) {
  const { resourceId = '', actionName = '' } = useParams();
  const records = destinations()
    .groups.flatMap(([, to]) => to)
    .find(({ href }) => href.endsWith(`/${resourceId}`));
  const title = `${records?.title ?? 'Records'}${verbs[actionName] ?? ''}`;
  useEffect(() => {
    document.title = `${title} · Marquee console`;
  }, [title]);
  return (
    <main id="main" tabIndex={-1} style={{ outline: 0 }}>
      <h1 className="mq-unseen">{title}</h1>
      <OriginalComponent {...props} />
    </main>
  );
}
