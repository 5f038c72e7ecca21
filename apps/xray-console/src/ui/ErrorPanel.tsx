import type { ComponentChildren, JSX } from 'preact';
import { XrayRequestError } from '../api/xray-request-error.js';

const TITLES = {
  unreachable: 'X-Ray Local is not there',
  timeout: 'X-Ray Local is too slow',
  refused: 'X-Ray Local refused',
  failed: 'X-Ray Local failed',
};

interface ErrorPanelProps {
  error: Error;
  /** Instead of the one that goes with the error. */
  title?: string;
  children?: ComponentChildren;
}

/** Says what is wrong. The page tries again by itself, which it also says. */
export function ErrorPanel({ error, title, children }: ErrorPanelProps): JSX.Element {
  const problem = error instanceof XrayRequestError ? error.problem : undefined;
  return (
    <div class="error-panel" role="alert">
      <strong>
        <span aria-hidden="true">✕</span>{' '}
        {title ?? (problem === undefined ? 'Something went wrong' : TITLES[problem])}
      </strong>
      <p>{error.message}</p>
      {problem === 'unreachable' && (
        <p>
          Start it with <code>npm start</code> or <code>npm run xray-local</code>. This page goes on by itself
          as soon as it answers.
        </p>
      )}
      {(problem === 'timeout' || problem === 'failed') && <p>This page goes on trying by itself.</p>}
      {children}
    </div>
  );
}
