/** What the files of the bundle are given by what runs them (`load.ts`). Postil run from source has nothing of the kind. */

export interface Bundled {
  importModule(specifier: string): Promise<unknown>;
  keepCode(): void;
}

declare const bundled: Bundled | undefined;

/** `import()` of what is not part of the bundle, whose files are scripts and cannot ask by themselves. */
export function importModule<T>(specifier: string): Promise<T> {
  const found =
    typeof bundled === 'undefined' ? import(/* @vite-ignore */ specifier) : bundled.importModule(specifier);
  return found as Promise<T>;
}

/** Keeps, beside the bundle, what V8 has compiled of it in this thread: see `load.ts`. */
export function keepCode(): void {
  if (typeof bundled !== 'undefined') bundled.keepCode();
}
