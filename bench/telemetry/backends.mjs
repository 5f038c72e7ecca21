// @ts-check
/** What the measured services call, answering at once: DynamoDB, SNS, the notifier, an OTLP collector, the X-Ray daemon. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';

const SNS_ANSWER =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult>' +
  '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>';

let otlpBytes = 0;
let daemonPackets = 0;

const server = createServer((request, response) => {
  let bytes = 0;
  request.on('data', (chunk) => (bytes += chunk.length));
  request.on('end', () => {
    if (request.url === '/v1/traces') {
      otlpBytes += bytes;
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    } else if (request.url === '/notifications') {
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"messageId":"m"}');
    } else if (request.headers['x-amz-target'] !== undefined) {
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r' })
        .end('{}');
    } else {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(SNS_ANSWER);
    }
  });
});
server.keepAliveTimeout = 60_000;

const daemon = createSocket('udp4');
daemon.on('message', () => (daemonPackets += 1));

process.on('message', (message) => {
  if (message === 'counts') process.send?.({ type: 'counts', otlpBytes, daemonPackets });
});

daemon.bind(0, '127.0.0.1', () => {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({
      type: 'listening',
      httpPort: typeof address === 'object' ? address?.port : undefined,
      udpPort: daemon.address().port,
    });
  });
});
