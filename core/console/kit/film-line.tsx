import React, { type ReactNode } from 'react';

export interface FilmLineProps {
  readonly id: number;
  readonly title: string;
  readonly year?: number | null;
  /** from 1 */
  readonly place: number;
  /** below the title */
  readonly children?: ReactNode;
  /** at the end of the line */
  readonly end?: ReactNode;
}

/** A film in a list of a preview: its place, poster and title. */
export const FilmLine = ({ id, title, year, place, children, end }: FilmLineProps) => (
  <li className="mq-film">
    <span className="mq-film-place">{place}</span>
    <img src={`/poster/${id}.svg`} alt="" loading="lazy" width={40} height={60} />
    <div>
      <p className="mq-film-title">
        {title}
        {year ? ` (${year})` : ''}
      </p>
      {children}
    </div>
    {end}
  </li>
);
