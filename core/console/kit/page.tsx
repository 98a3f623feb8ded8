import React, { useEffect, type ReactNode } from 'react';

export interface PageProps {
  readonly title: string;
  /** one sentence: what this page is for */
  readonly lead?: ReactNode;
  /** buttons beside the title */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a page: its landmark, its heading, its name in the browser's tab. */
export function Page({ title, lead, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Marquee console`;
  }, [title]);
  return (
    <main className="mq-page" id="main" tabIndex={-1}>
      <div className="mq-page-head">
        <div>
          <h1>{title}</h1>
          {lead && <p className="mq-lead">{lead}</p>}
        </div>
        {actions && <div className="mq-actions">{actions}</div>}
      </div>
      {children}
    </main>
  );
}

export interface PanelProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** for links to it */
  readonly id?: string;
}

/** One subject of a page. */
export function Panel({ title, lead, actions, children, id }: PanelProps) {
  return (
    <section className="mq-panel" id={id} aria-label={title}>
      <div className="mq-panel-head">
        <div>
          <h2>{title}</h2>
          {lead && <p className="mq-soft">{lead}</p>}
        </div>
        {actions && <div className="mq-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** Side by side where there is room. */
export const Columns = ({ children }: { readonly children: ReactNode }) => <div className="mq-columns">{children}</div>;

/** Nothing there yet: what to do next. */
export const Empty = ({ children }: { readonly children: ReactNode }) => <p className="mq-empty">{children}</p>;
