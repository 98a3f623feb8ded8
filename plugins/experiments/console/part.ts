import type { ConsolePart, ConsoleResource } from '../../../core/console/part.ts';

/** Read-only: the pages change experiments, because each change has its rules. */
const resource: ConsoleResource = {
  id: 'experiment',
  title: 'Experiment records',
  group: 'Measurements',
  fields: {
    name: { type: 'string' },
    status: { type: 'string', choices: ['draft', 'scheduled', 'running', 'paused', 'stopped', 'archived'] },
    hypothesis: { type: 'text', list: false },
    kind: { type: 'string', choices: ['ab', 'interleaving', 'bandit', 'holdout'] },
    primary_metric: { type: 'string', title: 'Primary metric' },
    started_at: { type: 'date', title: 'Launched' },
    stopped_at: { type: 'date', title: 'Stopped' },
    decision: { type: 'string', choices: ['ship', 'keep', 'inconclusive'] },
    decided_arm: { type: 'string', title: 'Shipped arm', list: false },
    reason: { type: 'text', title: 'Reason for the decision', list: false },
    created_by: { type: 'integer', title: 'Made by', reference: 'account', list: false },
    created_at: { type: 'date', title: 'Made', list: false },
  },
  allow: { list: 'manager' },
};

export const part: ConsolePart = {
  pages: [{ id: 'experiments', title: 'Experiments', icon: 'BarChart2', role: 'manager', component: new URL('./experiments.tsx', import.meta.url) }],
  resources: [resource],
  actions: [{ at: 'suggestion', title: 'Try it in an A/B test', path: '/from-suggestion' }],
  async figures(sql) {
    const row = await sql.one<{ running: number }>(
      `select count(*)::integer as running from experiment where status = 'running' and kind <> 'holdout'`,
    );
    return [{ label: 'Experiments running', value: row?.running ?? 0, period: 'now', page: 'experiments' }];
  },
};
