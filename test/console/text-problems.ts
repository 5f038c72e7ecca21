import type { Page } from 'playwright-core';

/**
 * What a reader could not read: texts that something cuts off, or that lie on one another. A text that ends in an
 * ellipsis is none as long as a title has the whole of it, nor is one that can be scrolled or moved into sight.
 *
 * @returns a line for each; empty when all is well
 */
export function findTextProblems(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const SLACK_PX = 1.5;
    const isSeen = (element) => {
      for (let at = element; at !== null; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.visibility === 'hidden' || style.opacity === '0' || style.display === 'none') return false;
        // Text for screen readers alone.
        if (style.clipPath !== 'none') return false;
        if (['OPTION', 'TITLE', 'SCRIPT', 'STYLE', 'NOSCRIPT'].includes(at.tagName)) return false;
      }
      return true;
    };
    const boxOf = (text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      // The lines of a text lie below one another; what is between them is nobody's.
      return [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    };
    const meets = (a, b, slack) =>
      a.left + slack < b.right && b.left + slack < a.right && a.top + slack < b.bottom && b.top + slack < a.bottom;
    const isCovered = (element, { left, right, top, bottom }) => {
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return over !== null && !over.contains(element) && !element.contains(over);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() === '' || !isSeen(element)) continue;
      texts.push({ words: node.data.trim().slice(0, 40), element, boxes: boxOf(node) });
    }
    const problems = [];
    const shown = [];
    for (const { words, element, boxes } of texts) {
      let isAway = false;
      for (let at = element; at !== null && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
        const frame = at.getBoundingClientRect();
        const cut = boxes.filter((box) =>
          box.left < frame.left - SLACK_PX || box.right > frame.right + SLACK_PX ||
          box.top < frame.top - SLACK_PX || box.bottom > frame.bottom + SLACK_PX);
        if (cut.length === 0) continue;
        const canMove = [style.overflowX, style.overflowY].some((value) => value === 'auto' || value === 'scroll')
          || at.closest('.service-map') !== null || at.classList.contains('map-frame');
        const isTitled = style.textOverflow === 'ellipsis' && element.closest('[title]') !== null;
        if (canMove || isTitled) isAway = true;
        else problems.push('cut off: ' + words + ' by ' + at.tagName + '.' + at.getAttribute('class'));
        break;
      }
      if (!isAway) for (const box of boxes) if (!isCovered(element, box)) shown.push({ words, element, box });
    }
    shown.forEach((a, index) => {
      for (const b of shown.slice(index + 1)) {
        if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue;
        if (meets(a.box, b.box, SLACK_PX)) problems.push('on one another: ' + a.words + ' and ' + b.words);
      }
    });
    return [...new Set(problems)];
  })()`);
}
