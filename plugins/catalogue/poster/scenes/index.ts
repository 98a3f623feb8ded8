import * as city from './city.ts';
import * as journey from './journey.ts';
import * as nature from './nature.ts';
import * as object from './object.ts';
import * as pattern from './pattern.ts';
import * as show from './show.ts';
import * as space from './space.ts';
import * as thing from './thing.ts';
import type { Scene } from './scene.ts';

export type { Scene, Stage } from './scene.ts';

/** What a genre's posters may show. */
export const scenes: Readonly<Record<string, readonly Scene[]>> = {
  'Sci-Fi': [object.clock, space.tunnel, space.planet, space.eclipse, space.orbits, space.monolith, space.beam],
  Horror: [object.lighthouse, nature.branches, thing.eye, city.door, nature.firs, thing.claws, pattern.spiral, city.windows],
  Western: [nature.mesa, nature.hills, city.road, pattern.rays, nature.plain],
  War: [object.bridge, thing.searchlights, nature.poppies, nature.plain, pattern.rays, journey.planes],
  Animation: [object.airship, pattern.tiles, journey.balloons, pattern.rainbows, nature.hills, journey.planes, nature.waves, city.houses],
  Family: [object.airship, object.tree, journey.balloons, pattern.rainbows, nature.hills, journey.planes, city.houses, pattern.tiles],
  Musical: [object.umbrella, show.spotlight, show.keys, pattern.rays, pattern.rainbows],
  Music: [show.record, show.keys, show.spotlight, pattern.bars],
  Fantasy: [object.tree, object.airship, thing.castle, nature.peaks, nature.firs, space.eclipse, space.tunnel],
  Documentary: [pattern.halftone, pattern.contours, show.reel, pattern.bars],
  'Film-Noir': [city.blinds, city.street, city.skyline, city.door],
  Romance: [object.umbrella, object.bridge, object.tree, pattern.twins, pattern.petals, nature.waves, pattern.arches, nature.poppies, journey.boat],
  Crime: [city.skyline, city.blinds, city.street, thing.keyhole, pattern.target, city.windows, city.stairs],
  Mystery: [object.clock, object.lighthouse, thing.keyhole, thing.eye, city.stairs, pattern.spiral, city.windows, city.door],
  Thriller: [object.clock, object.bridge, pattern.spiral, city.stairs, city.door, city.blinds, pattern.target, pattern.bars, city.skyline],
  Adventure: [object.lighthouse, object.airship, nature.peaks, journey.boat, journey.compass, nature.waves, pattern.contours, nature.mesa],
  Action: [pattern.bars, pattern.rays, pattern.target, city.skyline, thing.searchlights, object.bridge],
  History: [object.arcade, object.tree, thing.columns, pattern.arches, pattern.contours, nature.hills],
  Comedy: [object.umbrella, pattern.tiles, pattern.rainbows, pattern.rays, journey.balloons, city.houses, pattern.twins, journey.planes],
  Drama: [
    object.tree,
    object.arcade,
    object.umbrella,
    object.bridge,
    object.lighthouse,
    nature.hills,
    nature.plain,
    city.stairs,
    city.windows,
    pattern.arches,
    city.houses,
    nature.waves,
    nature.branches,
    city.road,
    journey.boat,
  ],
};
export const plainScenes: readonly Scene[] = [pattern.tiles, pattern.arches, nature.hills, show.reel];
