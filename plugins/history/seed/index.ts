export { favouritesOfViewer } from './favourites.ts';
export type { Favourite } from './favourites.ts';
export { simulateHistory } from './simulate.ts';
export type { SimulatedHistory, SimulatedViewer, SimulationSize } from './simulate.ts';
export type { SeedFilm } from './tastes.ts';
