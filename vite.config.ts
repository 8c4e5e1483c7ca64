import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';

/** The pages of the service: one HTML file per page under src/studio, built into dist/studio. */
export default defineConfig({
  root: fileURLToPath(new URL('src/studio', import.meta.url)),
  // Relative, because a proxy may show the service beneath any path. The pages lie side by side (`/`, `/graphql`).
  base: './',
  plugins: [
    react(),
    englishOnly(),
    // Once, here, instead of at every visit: a first load is a third of its size.
    compression({ algorithms: ['gzip'], include: /\.(js|css|svg)$/, threshold: 1024, logLevel: 'silent' }),
  ],
  build: {
    outDir: fileURLToPath(new URL('dist/studio', import.meta.url)),
    emptyOutDir: true,
    // As the service has it, so that what the pages name is found there.
    assetsDir: 'studio/assets',
    target: 'es2022',
    // A sample is fetched as a file, and the pages' policy lets nothing be fetched from a data: address.
    assetsInlineLimit: (path) => (path.includes('/images/') ? false : undefined),
    rolldownOptions: {
      input: {
        index: fileURLToPath(new URL('src/studio/index.html', import.meta.url)),
        graphiql: fileURLToPath(new URL('src/studio/graphiql.html', import.meta.url)),
      },
    },
    // Monaco, the editor, is one chunk of this size by nature.
    chunkSizeWarningLimit: 4096,
  },
  worker: { format: 'es' },
});

/**
 * Leaves out the words that React Aria has for screen readers in thirty other languages: the pages are in
 * English, and these were a tenth of what a first visit loads.
 */
function englishOnly(): Plugin {
  return {
    name: 'english-only',
    load: {
      filter: { id: /\/react-aria(-components)?\/.*\/intl\/.*\/(?!en-US)[a-z]{2}-[A-Z]{2}\.mjs$/ },
      handler: () => 'export default {};',
    },
  };
}
