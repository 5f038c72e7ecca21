const MIN_WIDTH = 1.5;
const MAX_WIDTH = 7;

/** How thick a line is drawn: ten times the traffic is so much thicker, whatever the busiest has. */
export function edgeWidth(count: number, busiestCount: number): number {
  if (count <= 0 || busiestCount <= 1) return MIN_WIDTH;
  const share = Math.log1p(count) / Math.log1p(busiestCount);
  return (
    Math.round(
      (MIN_WIDTH + (MAX_WIDTH - MIN_WIDTH) * share * Math.min(1, Math.log10(busiestCount) / 3)) * 100,
    ) / 100
  );
}
