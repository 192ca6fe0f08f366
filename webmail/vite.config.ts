import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The page lies at /mail/ and, built, in the jar. No map is shipped; names bear a hash, so that a browser
// keeps them for good.
export default defineConfig({
  base: '/mail/',
  plugins: [svelte()],
  build: {
    outDir: 'target/classes/org/postroom/webmail',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
