/** A memory that forgets everything when it is full: what it holds can be made again. */
export class BoundedMap<V> extends Map<string, V> {
  readonly #most: number;

  /** @param most entries */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: string, value: V): this {
    if (this.size >= this.#most && !this.has(key)) this.clear();
    return super.set(key, value);
  }
}

/**
 * A function of a text that keeps its answers.
 *
 * @param of makes an answer; `undefined` is not kept
 * @param most answers
 */
export function remembered<T>(of: (text: string) => T, most: number): (text: string) => T {
  const known = new BoundedMap<T>(most);
  return (text) => {
    const kept = known.get(text);
    if (kept !== undefined) return kept;
    const made = of(text);
    known.set(text, made);
    return made;
  };
}
