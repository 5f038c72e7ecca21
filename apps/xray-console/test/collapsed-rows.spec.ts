import { describe, expect, it } from '@jest/globals';
import type { WaterfallRow } from '../src/waterfall/build-rows.js';
import {
  ALL_COLLAPSED,
  collapsedKeys,
  NONE_COLLAPSED,
  parseCollapsed,
  toCollapsedText,
  toggleRow,
} from '../src/waterfall/collapsed-rows.js';
import { namePercentForKey, parseNamePercent } from '../src/waterfall/name-column.js';

/** Rows of which only the keys and what is below them matter. */
const rows = [
  { key: 'group:api AWS::ECS::Fargate', descendantCount: 2 },
  { key: 'a', descendantCount: 1 },
  { key: 'b', descendantCount: 0 },
] as WaterfallRow[];

describe('the closed rows of a link', () => {
  it.each(['a', 'a~group:api AWS::ECS::Fargate', '*', '*~a'])('are written as they were read: %s', (text) => {
    expect(toCollapsedText(parseCollapsed(text))).toBe(text);
  });

  it.each([undefined, '', '~'])('are none for %j', (text) => {
    expect(toCollapsedText(parseCollapsed(text))).toBeUndefined();
  });

  it('are those that are named, or all but those, as far as they have something below them', () => {
    const closed = (text: string) => [...collapsedKeys(rows, parseCollapsed(text))];

    expect(closed('a~b~gone')).toEqual(['a']);
    expect(closed('*')).toEqual(['group:api AWS::ECS::Fargate', 'a']);
    expect(closed('*~a')).toEqual(['group:api AWS::ECS::Fargate']);
  });

  it.each([NONE_COLLAPSED, ALL_COLLAPSED])('are opened and closed again, from %j', (from) => {
    const isClosed = (collapsed: typeof from) => collapsedKeys(rows, collapsed).has('a');
    const once = toggleRow(from, 'a');

    expect(isClosed(once)).toBe(!isClosed(from));
    expect(toggleRow(once, 'a')).toEqual(from);
  });
});

describe('the width of the names', () => {
  it('stays within bounds, whatever is kept and pressed', () => {
    expect(['40', '3', '99', 'wide', undefined].map(parseNamePercent)).toEqual([
      40,
      15,
      70,
      undefined,
      undefined,
    ]);
    expect(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'a'].map((key) => namePercentForKey(key, 16))).toEqual([
      15,
      18,
      15,
      70,
      undefined,
    ]);
  });
});
