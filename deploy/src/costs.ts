/**
 * What the stack costs for a day, without traffic. The only place with prices: the documents and the wrappers take them
 * from here.
 */

/** When the prices below were written down, from memory: AWS says them on pages for people, which nothing here asks. */
export const PRICES_WRITTEN_DOWN = '2026-11-23';

/** US dollars, in us-east-1. */
const PRICES = {
  fargateVcpuHour: 0.04048,
  fargateGbHour: 0.004445,
  loadBalancerHour: 0.0225,
  publicIpv4Hour: 0.005,
  hostedZoneMonth: 0.5,
  alarmMonth: 0.1,
  xrayMillionTraces: 5,
} as const;

interface Cost {
  what: string;
  /** US dollars. */
  perDay: number;
  how: string;
  /** Where AWS says its price. */
  page: string;
}

const HOURS = 24;
const DAYS_PER_MONTH = 30;
const TASKS = 2;
const TASK_PER_HOUR = 0.25 * PRICES.fargateVcpuHour + 0.5 * PRICES.fargateGbHour;
const ADDRESSES = 4;
const ALARMS = 5;

export const COSTS: readonly Cost[] = [
  {
    what: 'Fargate',
    perDay: TASKS * TASK_PER_HOUR * HOURS,
    how: 'two tasks of 0.25 vCPU and 0.5 GB; more while CPU scaling adds tasks',
    page: 'https://aws.amazon.com/fargate/pricing/',
  },
  {
    what: 'Load balancer',
    perDay: PRICES.loadBalancerHour * HOURS,
    how: 'by the hour; the traffic of a lab adds next to nothing',
    page: 'https://aws.amazon.com/elasticloadbalancing/pricing/',
  },
  {
    what: 'Public IPv4 addresses',
    perDay: ADDRESSES * PRICES.publicIpv4Hour * HOURS,
    how: 'two of the load balancer, one of each task',
    page: 'https://aws.amazon.com/vpc/pricing/',
  },
  {
    what: 'Private DNS zone',
    perDay: PRICES.hostedZoneMonth / DAYS_PER_MONTH,
    how: 'not billed when it goes within twelve hours',
    page: 'https://aws.amazon.com/route53/pricing/',
  },
  {
    what: 'Alarms',
    perDay: (ALARMS * PRICES.alarmMonth) / DAYS_PER_MONTH,
    how: 'five; the first ten of an account are free',
    page: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  {
    what: 'X-Ray',
    perDay: 0,
    how: `100 000 traces a month for nothing, then ${formatDollars(PRICES.xrayMillionTraces)} for a million; by the gigabyte of spans in an account with Transaction Search`,
    page: 'https://aws.amazon.com/xray/pricing/',
  },
  {
    what: 'DynamoDB, SNS, SQS, logs',
    perDay: 0,
    how: 'by use: cents for a day of traffic, and within the free tiers as a rule',
    page: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
];

export const COST_PER_DAY = COSTS.reduce((sum, { perDay }) => sum + perDay, 0);

/** `$1.66` */
export function formatDollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
