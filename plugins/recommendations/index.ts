import { definePlugin } from '../../core/plugin.ts';
import { Catalogues, Recommender } from '../../core/services.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { Tracking } from '../tracking/api.ts';
import { recommendations } from './routes.ts';

/** Recommendations for other programs: an app or a mail that shows films of this site. */
export default definePlugin({
  id: 'recommendations',
  title: 'Recommendations by API',
  description: 'Lets other programs fetch the recommendations of a viewer; what they show is measured like the pages of this site.',
  requires: { recommender: Recommender, catalogues: Catalogues, films: Films, history: History, tracking: Tracking },
  setup: ({ use }) => ({ api: [recommendations(use)] }),
});
