// @ts-check
/**
 * The sign-up route as the original sample built it: Express and the X-Ray SDK, everything sampled. Its retired AWS SDK 2
 * is replaced by the SDK of today, captured as the X-Ray SDK's own documentation says.
 *
 * Environment: PORT, TRACING (`on` or `off`), AWS_XRAY_DAEMON_ADDRESS, and the AWS SDK's own variables.
 */
import http from 'node:http';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import AWSXRay from 'aws-xray-sdk';
import express from 'express';

const isTraced = process.env.TRACING === 'on';
const limits = { maxAttempts: 1 };
const plainDynamoDb = new DynamoDBClient(limits);
const plainSns = new SNSClient(limits);

if (isTraced) {
  AWSXRay.captureHTTPsGlobal(http);
  AWSXRay.middleware.setSamplingRules({
    version: 2,
    rules: [],
    default: { fixed_target: 1, rate: 1 },
  });
  AWSXRay.setContextMissingStrategy('IGNORE_ERROR');
}
const dynamoDb = isTraced ? AWSXRay.captureAWSv3Client(plainDynamoDb) : plainDynamoDb;
const sns = isTraced ? AWSXRay.captureAWSv3Client(plainSns) : plainSns;

const app = express();
app.use(express.json());
app.use(express.urlencoded({ extended: false }));
if (isTraced) app.use(AWSXRay.express.openSegment('signup-api'));

app.post('/signup', async (request, response) => {
  const { name, email, previewAccess } = request.body;
  if (isTraced) AWSXRay.getSegment()?.addAnnotation('previewAccess', previewAccess);
  await dynamoDb.send(
    new PutItemCommand({
      TableName: 'signups',
      Item: { email: { S: email }, name: { S: name }, preview: { S: previewAccess } },
      ConditionExpression: 'attribute_not_exists(email)',
    }),
  );
  await sns.send(
    new PublishCommand({
      TopicArn: 'arn:aws:sns:us-east-1:000000000000:signups',
      Subject: 'New user sign up!!!',
      Message: `Name: ${name}\nEmail: ${email}\nPreviewAccess: ${previewAccess}`,
    }),
  );
  response.status(201).json({ status: 'ok' });
});

if (isTraced) app.use(AWSXRay.express.closeSegment());
app.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.({ type: 'listening' }));
process.once('SIGTERM', () => process.exit(0));
