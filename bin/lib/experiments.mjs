/** One experiment of each kind. Those that change the same of a blend share the viewers of a layer out. */
const arm = (key, share, name, overrides = {}) => ({ key, share, name, blend: null, overrides });
const popular = { weights: { popularity: 1 } };
export const designs = {
  ab: {
    name: 'Lists that follow taste',
    hypothesis: 'Viewers click more when lists follow their own taste than when everybody sees what is popular.',
    arms: [arm('control', 50, 'Popular films', popular), arm('b', 50, 'House blend')],
    guardrails: [{ metric: 'conversion', margin: 0.05 }],
    secondary: ['conversion', 'return-7-days'],
    plannedUnits: 400,
    range: [0, 0.8],
  },
  three: {
    name: 'How varied a list should be',
    hypothesis: 'Some variety helps; much of it pushes favourites down.',
    arms: [arm('control', 34, 'As now'), arm('b', 33, 'Varied', { diversity: 0.5 }), arm('c', 33, 'Very varied', { diversity: 0.95 })],
    secondary: ['diversity', 'novelty'],
    correction: 'holm',
  },
  interleaving: {
    name: 'Taste or fame, in one list',
    hypothesis: 'In one list, films that follow the viewer get more clicks than famous ones.',
    kind: 'interleaving',
    arms: [arm('control', 50, 'Popular films', popular), arm('b', 50, 'House blend')],
    guardrails: [{ metric: 'ctr', margin: 0.05 }],
    // Looked at whenever one likes; narrowest at about as many viewers as come.
    engine: 'sequential',
    settings: { looks: 4, prior: null, tuning: 100 },
    range: [0.8, 1],
  },
  bandit: {
    name: 'How close to the viewer’s genres',
    hypothesis: 'Lists in the proportions of the viewer’s own genres get more clicks; how far that should go, nobody knows.',
    kind: 'bandit',
    arms: [arm('control', 34, 'As now'), arm('b', 33, 'Close', { calibration: 0.5 }), arm('c', 33, 'Very close', { calibration: 0.95 })],
  },
};
const usual = { metric: 'ctr', includeSimulated: true };

/** Launches those that are not there yet. @returns their ids, and whether anything is new */
export async function tryOut(page) {
  await page.goto('/admin/pages/experiments');
  const ask = (path, body) => page.evaluate(asked, [`/admin/data/experiments${path}`, body]);
  const known = (await ask('/experiments')).experiments,
    ids = {};
  const { layers } = await ask('/layers'),
    layer = layers.find(({ name }) => name === 'Lists') ?? (await ask('/layers', { name: 'Lists' }));
  let fresh = false;
  for (const [kind, { range, ...design }] of Object.entries(designs)) {
    const there = known.find(({ name, status }) => name === design.name && status === 'running');
    ids[kind] = there?.id;
    if (there) continue;
    fresh = true;
    const place = range ? { layer: layer.id, start: range[0], end: range[1] } : {};
    const { id } = await ask('/experiments', { ...usual, ...place, ...design });
    await ask(`/experiments/${id}/launch`, { version: 1 });
    ids[kind] = id;
  }
  return { ids, fresh };
}

/** In the page: the console answers those alone who are signed in and come from it. */
async function asked([path, body]) {
  const answer = await fetch(path, body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const found = await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(found)}`);
  return found;
}
