import { KNOWN_OPTIONS } from './known-options.js';

const WIDTH = 100;
const INDENT = 6;

/** What `--help` prints. */
export const HELP = `X-Ray Local takes traces as AWS X-Ray does, keeps them, and answers X-Ray's API. It needs no AWS account.

Usage: xray-local [OPTIONS]

${Object.values(KNOWN_OPTIONS)
  .map(({ flag, variable, placeholder, help }) => {
    const head = `  --${flag}${placeholder === '' ? '' : ` ${placeholder}`}`;
    return `${head.padEnd(36)}${variable}\n${wrap(help)}`;
  })
  .join('\n')}
  --help
${wrap('this text')}

A flag wins over its variable.

Send traces:
  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318   for an OpenTelemetry SDK
  AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:2000              for an X-Ray SDK
  AWS_ENDPOINT_URL_XRAY=http://localhost:2000         for an AWS SDK or the AWS CLI
  endpoint: http://localhost:2000                     for a collector's awsxray exporter

Look at them:
  http://localhost:2000/                              the console
  aws xray get-service-graph --start-time "$(date -d '-1 hour' +%s)" --end-time "$(date +%s)"
  http://localhost:2000/status                        what came in, was refused, was dropped to make room
`;

function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - INDENT) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${' '.repeat(INDENT)}${each}`).join('\n');
}
