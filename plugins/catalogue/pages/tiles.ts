import type { KnownFilm } from '../load.ts';
import type { Parts } from '../parts.ts';
import type { Selection } from '../selections.ts';

interface Tile {
  readonly name: string;
  readonly href: string;
  readonly films: number;
  readonly some: Selection;
}

/** Tiles with three well-known films each. */
export function tilesOf({ orders, index }: Parts, tiles: readonly Tile[]): (Tile & { readonly faces: readonly KnownFilm[] })[] {
  const faces = facesOf(tiles.map(({ some }) => orders.best(some, 12)));
  return tiles.map((tile, i) => ({ ...tile, faces: index.visible(faces[i]!) }));
}

/** Three films of each list; a film stands for one list only, as long as there are others. */
function facesOf(lists: readonly (readonly number[])[]): number[][] {
  const taken = new Set<number>();
  return lists.map((films) => {
    const faces = [...films.filter((film) => !taken.has(film)), ...films.filter((film) => taken.has(film))].slice(0, 3);
    for (const film of faces) taken.add(film);
    return faces;
  });
}
