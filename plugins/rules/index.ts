import { definePlugin } from '../../core/plugin.ts';
import { Bus, Catalogues, Database, Recommender } from '../../core/services.ts';
import { Accounts } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { CompiledRules } from './compile.ts';
import { ruleRoutes } from './console/routes.ts';
import { Rules, topic } from './store.ts';

/** Operators' wishes on top of what algorithms find. */
export default definePlugin({
  id: 'rules',
  title: 'Rules',
  description: 'Lets operators boost, bury, pin and exclude films by title, genre, person, keyword or words, for a time and an audience.',
  // Films is named so that the catalogue's tables exist before this plugin's function over them.
  requires: { sql: Database, bus: Bus, catalogues: Catalogues, recommender: Recommender, accounts: Accounts, films: Films },
  migrations: new URL('./migrations/', import.meta.url),
  console: { pages: [{ id: 'rules', title: 'Rules', icon: 'Filter', role: 'manager', component: new URL('./console/rules.tsx', import.meta.url) }] },
  async setup({ use: { sql, bus, catalogues, recommender, accounts }, log }) {
    const rules = new Rules(sql, bus),
      compiled = new CompiledRules();
    const load = async (): Promise<void> => compiled.replace(await rules.all());
    // One after the other, so that the last news counts; and followed before the first is there, so that none is missed.
    const first = load();
    let loading = first.catch(() => {});
    const reload = (): Promise<void> =>
      (loading = loading.then(load).catch((error: unknown) => log.error('rules could not be loaded; the last ones stay in force', error)));
    const undos = [bus.on(topic, reload), bus.on('catalogue', reload)];
    const dispose = (): void => undos.forEach((undo) => undo());
    await first.catch((error: unknown) => {
      dispose();
      throw error;
    });
    return { adjuster: compiled, consoleRoutes: ruleRoutes({ rules, recommender, accounts, catalogue: () => catalogues.current() }), dispose };
  },
});
