import React, { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { useData } from './fetch.tsx';
import { TextField } from './field.tsx';
import { ErrorNotice } from './notice.tsx';

export interface FoundFilm {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
}

/** Finds a film by its title. */
export function FilmPicker({ onFilm }: { readonly onFilm: (film: FoundFilm) => void }) {
  const [text, setText] = useState(''),
    [query, setQuery] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQuery(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error } = useData<{ films: FoundFilm[] }>(query === '' ? undefined : `/admin/data/core/films?q=${encodeURIComponent(query)}`);
  return (
    <>
      <TextField label="Film" type="search" value={text} onChange={setText} maxLength={60} placeholder="Title" />
      <ErrorNotice error={error} />
      {data?.films.length === 0 && (
        <p className="mq-soft" role="status">
          No film is called “{query}”.
        </p>
      )}
      <div className="mq-choices" role="group" aria-label="Films found">
        {data?.films.map((film) => (
          <Button key={film.id} look="quiet" onClick={() => onFilm(film)}>
            {film.title}
            {film.year ? ` (${film.year})` : ''}
          </Button>
        ))}
      </div>
    </>
  );
}
