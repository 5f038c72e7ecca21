import type { ComponentChildren, JSX } from 'preact';

/** What a page says when it has nothing to show: what that means, and what to do next. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <section class="empty">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
