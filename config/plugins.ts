import type { AnyPlugin } from '../core/plugin.ts';
import accounts from '../plugins/accounts/index.ts';
import biasedMf from '../plugins/algorithms/biased-mf/index.ts';
import content from '../plugins/algorithms/content/index.ts';
import ease from '../plugins/algorithms/ease/index.ts';
import ials from '../plugins/algorithms/ials/index.ts';
import itemKnn from '../plugins/algorithms/item-knn/index.ts';
import ncf from '../plugins/algorithms/ncf/index.ts';
import popularity from '../plugins/algorithms/popularity/index.ts';
import svd from '../plugins/algorithms/svd/index.ts';
import userKnn from '../plugins/algorithms/user-knn/index.ts';
import api from '../plugins/api/index.ts';
import catalogue from '../plugins/catalogue/index.ts';
import diary from '../plugins/diary/index.ts';
import experiments from '../plugins/experiments/index.ts';
import history from '../plugins/history/index.ts';
import lists from '../plugins/lists/index.ts';
import moderation from '../plugins/moderation/index.ts';
import picks from '../plugins/picks/index.ts';
import recommendations from '../plugins/recommendations/index.ts';
import reviews from '../plugins/reviews/index.ts';
import rules from '../plugins/rules/index.ts';
import sharing from '../plugins/sharing/index.ts';
import social from '../plugins/social/index.ts';
import tracking from '../plugins/tracking/index.ts';
import statistics from '../plugins/statistics/index.ts';
import transfer from '../plugins/transfer/index.ts';
import watchlist from '../plugins/watchlist/index.ts';

/** Every plugin that is installed. Which ones are on is kept in the database. */
export const plugins: readonly AnyPlugin[] = [
  accounts,
  catalogue,
  history,
  tracking,
  popularity,
  userKnn,
  itemKnn,
  ease,
  svd,
  ials,
  biasedMf,
  ncf,
  content,
  experiments,
  watchlist,
  diary,
  lists,
  picks,
  moderation,
  social,
  reviews,
  statistics,
  transfer,
  sharing,
  recommendations,
  rules,
  api,
];
