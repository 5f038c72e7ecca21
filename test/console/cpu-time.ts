import type { Page } from 'playwright-core';

/** Tells what the page's own thread computes, whatever else the machine does. */
export interface CpuWatch {
  /** Milliseconds of processor time that the thread needs while something is done. */
  measure(work: () => Promise<unknown>): Promise<number>;
}

export async function watchCpu(page: Page): Promise<CpuWatch> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const threadSec = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const found = metrics.find(({ name }) => name === 'ThreadTime');
    if (found === undefined) throw new Error('This Chromium does not tell the time of its threads.');
    return found.value;
  };
  return {
    measure: async (work) => {
      const before = await threadSec();
      await work();
      return ((await threadSec()) - before) * 1_000;
    },
  };
}

/** Builds and paints a plain picture of 900 circles with names, and takes it away again: what other work is compared to. */
export async function paintReference(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const create = (name, attributes) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const picture = create('svg', { width: 1400, height: 800 });
    picture.style.position = 'fixed';
    picture.style.inset = '0';
    for (let index = 0; index < 900; index += 1) {
      const place = create('g', { transform: 'translate(' + (index % 40) * 35 + ' ' + Math.floor(index / 40) * 35 + ')' });
      const text = create('text', {});
      text.textContent = 'node ' + index;
      place.append(create('circle', { r: 14 }), text);
      picture.append(place);
    }
    document.body.append(picture);
    await painted();
    picture.remove();
    await painted();
  })()`);
}
