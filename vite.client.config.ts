import { defineConfig } from 'vite';
import { katexFaces } from './vite.fonts.ts';

/**
 * `vite build -c vite.client.config.ts`: the browser's part (templates/style, templates/client) into
 * `bundle/client/`, with a manifest from which emit takes the hashed names. Addresses inside the CSS are
 * relative, so the bundle works below any base path.
 */
export default defineConfig({
  base: './',
  publicDir: false,
  css: {
    postcss: {
      plugins: [katexFaces()],
    },
  },
  build: {
    outDir: 'bundle/client',
    emptyOutDir: true,
    manifest: 'manifest.json',
    target: ['chrome111', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: {
        site: 'templates/style/site.css',
        math: 'templates/style/math.css',
        mathml: 'templates/style/mathml.css',
        main: 'templates/client/main.ts',
        theme: 'templates/client/theme.ts',
        // Served by `postil dev` alone; it stays out of assets/, which every site gets.
        dev: 'templates/client/dev.ts',
        // One of the two lies at the site's root as sw.js: a worker rules what is below it.
        sw: 'templates/client/sw.ts',
        'sw-off': 'templates/client/sw-off.ts',
      },
      output: {
        entryFileNames: ({ name }) =>
          /^(?:dev|sw|sw-off)$/.test(name) ? '[name].js' : 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
