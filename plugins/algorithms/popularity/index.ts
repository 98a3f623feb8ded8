import { definePlugin } from '../../../core/plugin.ts';
import { popularity } from './popularity.ts';
import { settings } from './settings.ts';
import { trending } from './trending.ts';

export default definePlugin({
  id: 'popularity',
  title: 'Popularity',
  description: 'What most viewers like, and what they watch these days: good for newcomers, the same for everybody.',
  config: settings,
  algorithms: [popularity, trending],
});
