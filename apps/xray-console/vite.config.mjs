// @ts-check
import { defineConfig } from 'vite';

/** Where `vite dev` finds the X-Ray API; a build asks whatever serves it. */
const XRAY_LOCAL_URL = process.env.XRAY_LOCAL_URL ?? 'http://127.0.0.1:2000';
/** Every path of the X-Ray API starts with a capital; what the console itself consists of does not. */
const API_PATHS = '^/([A-Z]|status$)';

export default defineConfig({
  root: import.meta.dirname,
  // Whatever path it is served below.
  base: './',
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  // Calls of `h` are shorter than those of the automatic runtime, which name their children.
  oxc: {
    jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' },
    jsxInject: `import { Fragment, h } from 'preact';`,
  },
  build: {
    outDir: '../../dist/apps/xray-console',
    emptyOutDir: true,
    target: ['chrome125', 'firefox128', 'safari18'],
    // Nothing inline: the page's policy allows files of its own origin alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // A lib's modules only export: what the console does not use of one stays out.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /\/libs\//, sideEffects: false }] } },
  },
  server: { host: '127.0.0.1', proxy: { [API_PATHS]: { target: XRAY_LOCAL_URL, changeOrigin: true } } },
});
