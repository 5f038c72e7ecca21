/** The files in `public/` that the page loads. */
export const ASSET_NAMES = [
  'page.css',
  'page.js',
  'signup-form.js',
  'traffic-panel.js',
  'signup-plan.js',
  'signup-run.js',
] as const;

export const ASSET_PATHS = ASSET_NAMES.map((name) => `/assets/${name}` as const);
