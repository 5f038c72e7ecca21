import { describe, expect, it } from '@jest/globals';
import { renderProgressBar, renderSpanBar } from './bar.js';
import { formatSeconds } from './format.js';
import { createStyle } from './style.js';
import { createTerminal, PIPE_COLUMNS } from './terminal.js';
import { cutText, displayWidth } from './text.js';

const stream = { write: () => true, columns: 90, writableNeedDrain: false, once: () => undefined };

describe('createTerminal', () => {
  it('has colour on a terminal only, and never with NO_COLOR or on a dumb one', () => {
    expect(createTerminal({ ...stream, isTTY: true }, {}).hasColour).toBe(true);
    expect(createTerminal({ ...stream, isTTY: true }, { NO_COLOR: '' }).hasColour).toBe(true);
    expect(createTerminal({ ...stream, isTTY: true }, { NO_COLOR: '1' }).hasColour).toBe(false);
    expect(createTerminal({ ...stream, isTTY: true }, { TERM: 'dumb' }).hasColour).toBe(false);
    expect(createTerminal(stream, {}).hasColour).toBe(false);
  });

  it('is as wide as the terminal, and wide on a pipe', () => {
    expect(createTerminal({ ...stream, isTTY: true }, {}).columns).toBe(90);
    expect(createTerminal(stream, {}).columns).toBe(PIPE_COLUMNS);
  });

  it('waits for a slow reader', async () => {
    let take = (): void => undefined;
    const slow = {
      ...stream,
      writableNeedDrain: true,
      once: (_: 'drain', listener: () => void) => (take = listener),
    };
    const drained = createTerminal(slow, {}).drained();
    take();
    await expect(drained).resolves.toBeUndefined();
    await expect(createTerminal(stream, {}).drained()).resolves.toBeUndefined();
  });
});

describe('createStyle', () => {
  it('leaves text alone without colour, and paints nothing around nothing', () => {
    expect(createStyle(false).fault('x')).toBe('x');
    expect(createStyle(true).fault('x')).toBe('\u001B[31mx\u001B[0m');
    expect(createStyle(true).fault('')).toBe('');
  });
});

describe('bars', () => {
  it('fills a progress bar in proportion and never over its ends', () => {
    expect(renderProgressBar(0.5, 4)).toBe('██░░');
    expect(renderProgressBar(-1, 4)).toBe('░░░░');
    expect(renderProgressBar(2, 4)).toBe('████');
  });

  it('shows every span, the shortest as one cell, the last one inside', () => {
    expect(renderSpanBar(0, 1, 8)).toBe('████████');
    expect(renderSpanBar(0.5, 0.25, 8)).toBe('    ██  ');
    expect(renderSpanBar(0.5, 0, 8)).toBe('    █   ');
    expect(renderSpanBar(1, 0, 8)).toBe('       █');
  });
});

describe('text', () => {
  it('measures what is seen: no colours, graphemes as one', () => {
    expect(displayWidth('\u001B[31mabc\u001B[0m')).toBe(3);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('👍🏽')).toBe(2);
  });

  it('cuts to the width and says so', () => {
    expect(cutText('abcdef', 4)).toBe('abc…');
    expect(cutText('abcd', 4)).toBe('abcd');
    expect(cutText('日本語', 4)).toBe('日…');
  });
});

describe('formatSeconds', () => {
  it.each([
    [0.000_84, '0.8 ms'],
    [0.035, '35 ms'],
    [0.999_6, '1.00 s'],
    [1.234, '1.23 s'],
    [12.34, '12.3 s'],
    [123.4, '123 s'],
    [undefined, '–'],
    [Number.NaN, '–'],
  ])('writes %s as %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});
