import type { ProcessName, StackAddresses } from '#local-stack';

/** What a person does next, once everything runs. */
export function renderAddresses(addresses: StackAddresses): string {
  const rows = [
    ['sign-up page', toLocalhost(addresses.signupApi), ''],
    [
      'X-Ray Local',
      toLocalhost(addresses.xrayLocal),
      'the service map; in another terminal: npm run lab -- map',
    ],
    ['notifier', toLocalhost(addresses.notifier), 'whose credentials it works with: /credentials'],
    [
      'emulated AWS',
      toLocalhost(addresses.awsLocal),
      'DynamoDB, SNS, SQS, IAM (access key test, secret test)',
    ],
    ['OTLP', toLocalhost(addresses.otlp), 'send your own traces here: /v1/traces'],
  ];
  const width = Math.max(...rows.map(([, where = '']) => where.length));
  const lines = rows.map(([what = '', where = '', note = '']) =>
    `  ${what.padEnd(13)} ${where.padEnd(width)}  ${note}`.trimEnd(),
  );
  return [
    '',
    'The sign-up lab is running.',
    '',
    ...lines,
    '',
    'Logs are in .data/logs. Ctrl-C stops everything.',
    '',
  ].join('\n');
}

/** The line to show for a log line of a process: warnings and errors, or all; undefined shows none. */
export function renderLogLine(
  name: ProcessName,
  line: string,
  options: { verbose: boolean },
): string | undefined {
  const entry = parseEntry(line);
  if (!entry) return `${name}: ${line}`;
  if (!options.verbose && entry.level !== 'warn' && entry.level !== 'error' && entry.level !== 'fatal') {
    return undefined;
  }
  return `${name}: ${entry.level}: ${entry.text}`;
}

function parseEntry(line: string): { level: string; text: string } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>;
    const {
      level,
      message,
      msg,
      traceId,
      pid: _pid,
      timestamp: _ts,
      time: _time,
      spanId: _span,
      ...rest
    } = entry;
    const what = message ?? msg;
    const text = typeof what === 'string' ? what : JSON.stringify(what);
    const fields = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
    const trace = typeof traceId === 'string' ? ` [${traceId}]` : '';
    return { level: String(level), text: `${text}${fields}${trace}` };
  } catch {
    return undefined;
  }
}

function toLocalhost(url: string): string {
  return url.replace('127.0.0.1', 'localhost');
}
