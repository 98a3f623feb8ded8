/** Explaining follows scoring, so what a model makes of a viewer is kept until it is asked about another one. */
export function forLast<M extends object, K extends object, T>(make: (model: M, key: K) => T): (model: M, key: K) => T {
  const last = new WeakMap<M, { readonly key: K; readonly made: T }>();
  return (model, key) => {
    const kept = last.get(model);
    if (kept?.key === key) return kept.made;
    const made = make(model, key);
    last.set(model, { key, made });
    return made;
  };
}
