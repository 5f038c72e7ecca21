import type { JSX } from 'preact';
import type { Fact } from './describe-entity.js';

/** Names and values, or a sentence where there are none. */
export function FactList({ facts, none }: { facts: readonly Fact[]; none: string }): JSX.Element {
  if (facts.length === 0) return <p class="muted">{none}</p>;
  return (
    <dl class="fact-list">
      {facts.map(({ name, value, isCode }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={isCode === true ? 'code' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
