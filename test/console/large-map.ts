import type { Page } from 'playwright-core';

interface AnsweredService {
  ReferenceId: number;
  Name: string;
  Edges: { ReferenceId: number; SummaryStatistics: unknown; ResponseTimeHistogram: unknown[]; Aliases: [] }[];
}

/** The same wiring in every run, from 0 to less than 1. */
function seeded(index: number): number {
  return (Math.imul(index, 2_654_435_761) >>> 0) / 2 ** 32;
}

/** `GetServiceGraph`'s answer of so many services: each is called by an earlier one, and every tenth calls back. */
export function largeMap(count: number): { Services: AnsweredService[] } {
  const SummaryStatistics = {
    OkCount: 90,
    ErrorStatistics: { ThrottleCount: 1, OtherCount: 4, TotalCount: 5 },
    FaultStatistics: { OtherCount: 5, TotalCount: 5 },
    TotalCount: 100,
    TotalResponseTime: 2,
  };
  const ResponseTimeHistogram = [{ Value: 0.02, Count: 100 }];
  const rest = { SummaryStatistics, ResponseTimeHistogram, StartTime: 0, EndTime: 1 };
  const Services = Array.from({ length: count }, (_, index) => ({
    ...rest,
    ReferenceId: index,
    Name: `service-${index}`,
    Names: [`service-${index}`],
    Type: 'AWS::ECS::Fargate',
    State: 'active',
    Edges: [] as AnsweredService['Edges'],
  }));
  Services.slice(1).forEach(({ ReferenceId }) => {
    const caller = Services[Math.floor(seeded(ReferenceId) * ReferenceId)]!;
    caller.Edges.push({ ...rest, ReferenceId, Aliases: [] });
    if (ReferenceId % 10 === 0)
      Services[ReferenceId]!.Edges.push({ ...rest, ReferenceId: caller.ReferenceId, Aliases: [] });
  });
  return { Services };
}

/** Gives a page this answer, once it asks. */
export async function answerWithLargeMap(page: Page, count: number): Promise<void> {
  await page.route('**/ServiceGraph', (route) => route.fulfill({ json: largeMap(count) }));
}

/** Goes to the map; milliseconds from the end of the answer until the nodes are painted. */
export function paintMap(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const answered = () => performance.getEntriesByType('resource').findLast(({ name }) => name.endsWith('/ServiceGraph'));
    const afterPaint = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - answered().responseEnd)));
    const look = () => (document.querySelector('[data-node-id]') === null ? requestAnimationFrame(look) : afterPaint());
    location.hash = '#/service-map?refresh=off';
    look();
  })`);
}
