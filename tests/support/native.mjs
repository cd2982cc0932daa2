// Vitest transforms what a test imports; this imports a file as Node does, so that the bundle runs as it is installed.

/** @param {string} url */
export const load = (url) => import(url);
