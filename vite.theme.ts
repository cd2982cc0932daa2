/**
 * What a site needs to replace templates, without node_modules: the templates' sources in `bundle/templates`, and
 * in `bundle/vendor` the packages that they import, each as one file.
 */

import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';

const require = createRequire(import.meta.url);
/** Name of the file in `bundle/vendor` → package. */
const VENDOR: Record<string, string> = {
  preact: 'preact',
  'preact-hooks': 'preact/hooks',
  'preact-jsx-runtime': 'preact/jsx-runtime',
  'preact-render-to-string': 'preact-render-to-string',
  giscus: 'giscus',
};
/** Parts that a site cannot replace: KaTeX's style, and what only Postil itself runs. */
const OWN = /(?:^|[\\/])(?:init|new-note\.md|math(?:ml)?\.css|dev\.ts|og\.png|sw\.ts|sw-off\.ts)$/;

/**
 * @param from `templates/`
 * @param bundle the folder that is packed
 */
export async function packTheme(from: string, bundle: string): Promise<void> {
  const templates = join(bundle, 'templates');
  cpSync(from, templates, { recursive: true, filter: (path) => !OWN.test(path) });
  // Fonts of a package lie beside the style that names them.
  for (const name of readdirSync(join(templates, 'style'))) {
    const file = join(templates, 'style', name);
    const css = readFileSync(file, 'utf8');
    const own = css.replace(/url\("(@[^"]+)"\)/g, (_, path: string) => {
      const font = path.split('/').at(-1)!;
      cpSync(require.resolve(path), join(templates, 'style', font));
      return `url("./${font}")`;
    });
    if (own !== css) writeFileSync(file, own);
  }
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      outDir: join(bundle, 'vendor'),
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: VENDOR,
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
}
