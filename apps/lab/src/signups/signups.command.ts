import type { CommandInput } from '../command-line/command-input.js';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { AWS_OPTION } from '../command-line/shared-options.js';
import { createStyle } from '../terminal/style.js';
import { readSignups } from './read-signups.js';
import { renderSignups } from './render-signups.js';

export const signupsCommand: LabCommand = {
  name: 'signups',
  summary: 'the people in the table, announced or pending',
  description: [
    'Reads the whole table of sign-ups. One is pending until the topic has delivered it to the queue and the\n' +
      'notifier has read it there; then it is notified. Times are UTC.',
  ],
  positionals: [],
  options: {
    status: { placeholder: 'STATUS', help: 'only these: pending or notified' },
    aws: AWS_OPTION,
    json: {
      help: 'print an array of {id, email, name, previewAccess, theme?, status, createdAt, notifiedAt?}',
    },
  },
  examples: [
    { line: 'signups', does: 'everybody' },
    { line: 'signups --status pending', does: 'who is not announced yet' },
  ],
  run: runSignups,
};

async function runSignups(input: CommandInput, io: LabIo): Promise<number> {
  const status = input.choice('status', ['pending', 'notified']);
  const all = await readSignups(io.env, { isAws: input.flag('aws') });
  const signups = all.filter((signup) => status === undefined || signup.status === status);
  if (input.flag('json')) {
    io.out.write(`${JSON.stringify(signups, null, 2)}\n`);
  } else if (signups.length === 0) {
    const whose = status === undefined ? 'Nobody has signed up yet.' : `Nobody is ${status}.`;
    io.out.write(`${whose}\n`);
  } else {
    const view = { columns: io.out.columns, style: createStyle(io.out.hasColour) };
    io.out.write(`${renderSignups(signups, view).join('\n')}\n`);
  }
  return 0;
}
