import type { CommandInput } from '../command-line/command-input.js';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { AWS_OPTION } from '../command-line/shared-options.js';
import type { Style } from '../terminal/style.js';
import { createStyle } from '../terminal/style.js';
import { renderTable } from '../terminal/table.js';
import type { Subscription } from './read-subscriptions.js';
import { readSubscriptions } from './read-subscriptions.js';

export const subscriptionsCommand: LabCommand = {
  name: 'subscriptions',
  summary: "who the sign-ups' topic tells",
  description: [
    'Lists the subscriptions of the topic. The queue is confirmed from the start; an e-mail address stays pending\n' +
      'until the person follows the link in the mail, which nobody sends on a laptop.',
  ],
  positionals: [],
  options: {
    aws: AWS_OPTION,
    json: { help: 'print an array of {protocol, endpoint, status, subscriptionArn}' },
  },
  examples: [{ line: 'subscriptions', does: 'confirmed and pending ones' }],
  run: runSubscriptions,
};

async function runSubscriptions(input: CommandInput, io: LabIo): Promise<number> {
  const subscriptions = await readSubscriptions(io.env, { isAws: input.flag('aws') });
  if (input.flag('json')) {
    io.out.write(`${JSON.stringify(subscriptions, null, 2)}\n`);
  } else if (subscriptions.length === 0) {
    io.out.write('The topic has no subscriptions.\n');
  } else {
    const view = { columns: io.out.columns, style: createStyle(io.out.hasColour) };
    io.out.write(`${renderSubscriptions(subscriptions, view).join('\n')}\n`);
  }
  return 0;
}

/** Lines of the subscriptions of the topic. */
export function renderSubscriptions(
  subscriptions: readonly Subscription[],
  view: { columns: number; style: Style },
): string[] {
  const { style } = view;
  return renderTable({
    columns: [
      { title: 'PROTOCOL' },
      { title: 'STATUS' },
      { title: 'ENDPOINT', minWidth: 20 },
      { title: 'SUBSCRIPTION', minWidth: 20 },
    ],
    rows: subscriptions.map(({ protocol, endpoint, status, subscriptionArn }) => [
      protocol,
      { text: status, paint: status === 'pending' ? style.error : style.ok },
      endpoint,
      subscriptionArn,
    ]),
    maxWidth: view.columns,
    paintTitle: style.dim,
  });
}
