import type { FilmsService, FilmSummary } from '../catalogue/api.ts';
import type { StoredGroup } from './store.ts';

/** A group as the form shows it. */
export interface ShownGroup {
  readonly id: number;
  readonly name: string;
  readonly films: readonly FilmSummary[];
  readonly titles: string;
  readonly chosen: boolean;
}

/** The groups with what viewers may see of their films; one that has lost most of them is left out, unless it was chosen. */
export async function shownGroups(films: FilmsService, groups: readonly StoredGroup[], chosen: ReadonlySet<number>): Promise<ShownGroup[]> {
  const cards = await films.cards(groups.flatMap((group) => group.films));
  return groups
    .map(({ id, name, films: ids }) => {
      const visible = ids.flatMap((film) => cards.get(film) ?? []).filter(({ hidden }) => !hidden);
      return { id, name, films: visible, titles: visible.map(({ title }) => title).join(', '), chosen: chosen.has(id) };
    })
    .filter(({ films: visible, chosen: kept }) => kept || visible.length > 1);
}
