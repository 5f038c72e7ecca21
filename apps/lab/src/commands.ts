import type { CommandEntry } from './command-line/run-lab.js';

/** Every command of the lab, in the order of its help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'start',
    summary: 'bring up the whole lab on this machine, without an AWS account (npm start)',
    load: async () => (await import('./start/start.command.js')).startCommand,
  },
  {
    name: 'traffic',
    summary: 'automated sign-ups, with expected against observed answers',
    load: async () => (await import('./traffic/traffic.command.js')).trafficCommand,
  },
  {
    name: 'map',
    summary: 'the service map: who called whom, how often, how fast, with what outcome',
    load: async () => (await import('./map/map.command.js')).mapCommand,
  },
  {
    name: 'traces',
    summary: 'the latest traces, all or those that match a filter expression',
    load: async () => (await import('./traces/traces.command.js')).tracesCommand,
  },
  {
    name: 'trace',
    summary: "one trace's timeline",
    load: async () => (await import('./trace/trace.command.js')).traceCommand,
  },
  {
    name: 'signups',
    summary: 'the people in the table, announced or pending',
    load: async () => (await import('./signups/signups.command.js')).signupsCommand,
  },
  {
    name: 'subscriptions',
    summary: "who the sign-ups' topic tells",
    load: async () => (await import('./subscriptions/subscriptions.command.js')).subscriptionsCommand,
  },
  {
    name: 'permission',
    summary: "take an action away from a service's role, give it back, or look",
    load: async () => (await import('./permission/permission.command.js')).permissionCommand,
  },
  {
    name: 'translate',
    summary: 'OTLP/JSON in, X-Ray segment documents out',
    load: async () => (await import('./translate/translate.command.js')).translateCommand,
  },
];
