/**
 * Runs a task once for any number of calls that come while it runs, right after.
 *
 * @param task must not reject
 * @returns `change` asks for it; `stop` waits for the one in hand, after which none begins
 */
export function oneAtATime(task: () => Promise<void>): { change: () => void; stop: () => Promise<void> } {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const change = (): void => {
    if (stopped) return;
    again = running !== undefined;
    running ??= task().then(() => {
      running = undefined;
      if (again) change();
    });
  };
  const stop = async (): Promise<void> => {
    stopped = true;
    await running;
  };
  return { change, stop };
}
