/** What `--help` prints. */
export const HELP = `X-Ray Local takes traces as AWS X-Ray does, keeps them in memory, and answers X-Ray's API.

Usage: xray-local [--port PORT] [--otlp-port PORT] [--host ADDRESS]

  --port PORT        X-Ray API, OTLP (/v1/traces) and the page  [XRAY_LOCAL_PORT, 2000]
  --otlp-port PORT   OTLP over HTTP (/v1/traces) alone          [XRAY_LOCAL_OTLP_PORT, 4318]
  --host ADDRESS     address to listen on                       [XRAY_LOCAL_HOST, 127.0.0.1]
  --help             this text

A port of 0 takes a free one. A flag wins over its variable. More variables:

  XRAY_LOCAL_ALLOWED_HOSTS          names that clients may call this server by, besides localhost and addresses,
                                    with commas between; * for every name
  XRAY_LOCAL_MAX_TRACES             traces to keep [10000]; the one quiet for the longest goes first
  XRAY_LOCAL_MAX_MIB                MiB of documents to keep [256]
  XRAY_LOCAL_RETENTION_MIN          minutes to keep a trace after its last document [1440]
  XRAY_LOCAL_INDEXED_ATTRIBUTES     span attributes that become annotations, with commas between
  XRAY_LOCAL_INDEX_ALL_ATTRIBUTES   true: all of them [false]

Send traces:
  OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318   for an OpenTelemetry SDK
  AWS_ENDPOINT_URL_XRAY=http://localhost:2000         for an AWS SDK or the AWS CLI
  endpoint: http://localhost:2000                     for a collector's awsxray exporter

Look at them:
  npm run lab -- map        the service map
  npm run lab -- traces     the list of traces
  http://localhost:2000/status   what came in and what was refused
`;
