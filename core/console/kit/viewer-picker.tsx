import React, { useEffect, useState } from 'react';
import { useData } from './fetch.tsx';
import { TextField } from './field.tsx';
import { ErrorNotice } from './notice.tsx';
import type { FoundViewer } from '../ports.ts';

export type { FoundViewer };

export interface ViewerPickerProps {
  readonly value: FoundViewer | undefined;
  readonly onChange: (viewer: FoundViewer) => void;
}

/** Finds a viewer by name or handle. The first one found is taken to begin with. */
export function ViewerPicker({ value, onChange }: ViewerPickerProps) {
  const [text, setText] = useState(''),
    [query, setQuery] = useState('');
  const { data, error } = useData<{ viewers: FoundViewer[] }>(`/admin/data/core/viewers?q=${encodeURIComponent(query)}`);
  useEffect(() => {
    const timer = setTimeout(() => setQuery(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (!value && data?.viewers[0]) onChange(data.viewers[0]);
  }, [data, value, onChange]);
  return (
    <>
      <TextField
        label="Viewer"
        type="search"
        value={text}
        onChange={setText}
        maxLength={60}
        placeholder="Name or handle"
        hint="Choose whose list you want to compare."
      />
      <ErrorNotice error={error} />
      {data?.viewers.length === 0 && (
        <p className="mq-soft" role="status">
          Nobody is called “{query}”.
        </p>
      )}
      <div className="mq-choices" role="group" aria-label="Viewers found">
        {data?.viewers.map((viewer) => (
          <button key={viewer.unit} type="button" className="mq-choice" aria-pressed={viewer.unit === value?.unit} onClick={() => onChange(viewer)}>
            {viewer.name} <span className="mq-small">@{viewer.handle}</span>
            {viewer.simulated && <span className="mq-unseen">, simulated</span>}
          </button>
        ))}
      </div>
    </>
  );
}
