import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The pages of the service: one HTML file per page under src/studio, built into dist/studio. */
export default defineConfig({
  root: fileURLToPath(new URL('src/studio', import.meta.url)),
  // The pages themselves have addresses of their own (`/graphql`), so their assets need an absolute one.
  base: '/studio/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('dist/studio', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      input: { graphiql: fileURLToPath(new URL('src/studio/graphiql.html', import.meta.url)) },
    },
    // Monaco, the editor, is one chunk of this size by nature.
    chunkSizeWarningLimit: 4096,
  },
  worker: { format: 'es' },
});
