/// <reference lib="dom" />
import React, { useEffect, type ComponentType } from 'react';

interface StockPage {
  readonly OriginalComponent: ComponentType<object>;
  readonly resource: { readonly id: string };
  readonly action: { readonly name: string };
}
const verbs: Readonly<Record<string, string>> = { list: '', show: ': one record', edit: ': edit', new: ': new record' };

/** Gives AdminJS's own pages what they lack: a main landmark, a first heading, a name in the browser's tab. */
export default function Main(props: StockPage) {
  const { OriginalComponent, resource, action } = props;
  const { labels } = (window as unknown as { REDUX_STATE: { locale: { translations: { en: { labels: Record<string, string> } } } } }).REDUX_STATE.locale.translations.en;
  const title = `${labels[resource.id] ?? resource.id}${verbs[action.name] ?? ''}`;
  useEffect(() => { document.title = `${title} · Marquee console`; }, [title]);
  return (
    <main id="main" tabIndex={-1} style={{ outline: 0 }}>
      <h1 className="mq-unseen">{title}</h1>
      <OriginalComponent {...props} />
    </main>
  );
}
