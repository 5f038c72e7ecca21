/** What the stack costs for a day in us-east-1, without traffic. Prices of AWS's public list; they change. */

interface Cost {
  what: string;
  /** US dollars. */
  perDay: number;
  how: string;
}

const HOURS = 24;
const DAYS_PER_MONTH = 30;
const TASKS = 2;
/** A quarter of a vCPU and half a GB, each at its price an hour. */
const TASK_PER_HOUR = 0.25 * 0.04048 + 0.5 * 0.004445;

export const COSTS: readonly Cost[] = [
  {
    what: 'Fargate',
    perDay: TASKS * TASK_PER_HOUR * HOURS,
    how: 'two tasks of 0.25 vCPU and 0.5 GB; more while CPU scaling adds tasks',
  },
  {
    what: 'Load balancer',
    perDay: 0.0225 * HOURS,
    how: 'by the hour; the traffic of a lab adds next to nothing',
  },
  {
    what: 'Public IPv4 addresses',
    perDay: 4 * 0.005 * HOURS,
    how: 'two of the load balancer, one of each task',
  },
  {
    what: 'Private DNS zone',
    perDay: 0.5 / DAYS_PER_MONTH,
    how: 'not billed when it goes within twelve hours',
  },
  { what: 'Alarms', perDay: (5 * 0.1) / DAYS_PER_MONTH, how: 'five; the first ten of an account are free' },
  {
    what: 'DynamoDB, SNS, SQS, logs, X-Ray',
    perDay: 0,
    how: 'by use: cents for a day of traffic, and within the free tiers as a rule',
  },
];

export const COST_PER_DAY = COSTS.reduce((sum, { perDay }) => sum + perDay, 0);

/** `$1.66` */
export function formatDollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
