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
