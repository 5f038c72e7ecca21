import { renderProgressBar } from '../terminal/bar.js';
import { formatSeconds } from '../terminal/format.js';
import type { Paint, Style } from '../terminal/style.js';
import { renderTable } from '../terminal/table.js';
import type { TrafficOutcome, TrafficTally } from './traffic-tally.js';
import { countFinished, isAsExpected, OUTCOMES } from './traffic-tally.js';

const TITLES: Record<TrafficOutcome, string> = {
  '201': '201 signed up',
  '409': '409 repeated address',
  '500': '500 stored, not announced',
  other: 'other status',
  'no answer': 'no answer',
};

/** One line: how far the run is, and what it brought. */
export function renderProgress(tally: TrafficTally, view: { columns: number; style: Style }): string {
  const { observed, planned, sent } = tally;
  const counts = OUTCOMES.filter((outcome) => observed[outcome] > 0).map((outcome) => {
    return paintOf(outcome, view.style)(`${outcome}: ${observed[outcome]}`);
  });
  const barWidth = Math.max(10, Math.min(30, view.columns - 60));
  const bar = renderProgressBar(countFinished(tally) / planned, barWidth);
  return `${bar} ${sent}/${planned} sent  ${counts.join('  ')}`.trimEnd();
}

/** Lines of what was expected against what came, and whether they agree. */
export function renderTally(tally: TrafficTally, view: { columns: number; style: Style }): string[] {
  const { expected, observed, planned, sent } = tally;
  const { style } = view;
  const table = renderTable({
    columns: [
      { title: 'ANSWER' },
      { title: 'EXPECTED', align: 'right' },
      { title: 'OBSERVED', align: 'right' },
      { title: '' },
    ],
    rows: OUTCOMES.map((outcome) => {
      const isEqual = expected[outcome] === observed[outcome];
      return [
        TITLES[outcome],
        String(expected[outcome]),
        { text: String(observed[outcome]), paint: isEqual ? style.ok : style.fault },
        { text: isEqual ? '' : 'differs', paint: style.fault },
      ];
    }),
    maxWidth: view.columns,
    paintTitle: style.dim,
  });
  const details = [...tally.details].map(([detail, count]) => `${detail} (${count})`).join(', ');
  return [
    ...table,
    '',
    ...(details === '' ? [] : [`Other and none: ${details}`]),
    ...renderTimes(tally),
    ...(sent < planned ? [`Ended early: ${sent} of ${planned} sent.`] : []),
    isAsExpected(tally) ? style.ok('As expected.') : style.fault('Not as expected.'),
  ];
}

function renderTimes(tally: TrafficTally): string[] {
  const answered = countFinished(tally) - tally.observed['no answer'];
  if (answered === 0) return [];
  const average = formatSeconds(tally.totalDurationMs / answered / 1_000);
  return [`Answers took ${average} on average, ${formatSeconds(tally.maxDurationMs / 1_000)} at most.`];
}

function paintOf(outcome: TrafficOutcome, style: Style): Paint {
  if (outcome === '201') return style.ok;
  return outcome === '409' ? style.error : style.fault;
}
