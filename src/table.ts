/**
 * A table that is looked up by words an author wrote: what is not in it is `undefined`, `constructor` and
 * `toString` too, which every ordinary object has.
 *
 * @returns the entries, without `Object.prototype` behind them
 */
export function table<T extends object>(entries: T): T {
  return Object.assign(Object.create(null) as T, entries);
}
