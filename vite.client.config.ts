import { defineConfig } from 'vite';

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
      plugins: [
        {
          // KaTeX offers every face three times; each browser we support reads woff2.
          postcssPlugin: 'woff2-only',
          // In `Once`, because Vite's own plugin after this one collects the files in `Once` too.
          Once(root) {
            root.walkDecls('src', (declaration) => {
              const sources = declaration.value.split(/,\s*/).filter((source) => source.includes('woff2'));
              if (sources.length > 0) declaration.value = sources.join(', ');
            });
          },
        },
      ],
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
        main: 'templates/client/main.ts',
        theme: 'templates/client/theme.ts',
        // Served by `postil dev` alone; it stays out of assets/, which every site gets.
        dev: 'templates/client/dev.ts',
      },
      output: {
        entryFileNames: ({ name }) => (name === 'dev' ? 'dev.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
});
