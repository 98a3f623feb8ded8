/** Does the work now; or, when it is being done, once more afterwards, however often that was asked for. */
export function coalesce(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let again = false;
  const loop = async () => {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      current = undefined;
    }
  };
  return () => {
    again = true;
    return (current ??= loop());
  };
}
