/** The services behind the one endpoint, named as a credential scope names them. */
export type ServiceName = 'dynamodb' | 'iam' | 'sns' | 'sqs' | 'sts';

/** `json` is AWS JSON 1.0, `query` a form in and XML out. */
export type WireProtocol = 'json' | 'query';

/** How a caller speaks to a service, which decides what an error looks like. */
export interface Wire {
  readonly service: ServiceName;
  readonly protocol: WireProtocol;
}

/** API version and XML namespace of each service's query protocol. */
export const QUERY_APIS = {
  iam: { version: '2010-05-08', namespace: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  sns: { version: '2010-03-31', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
  sqs: { version: '2012-11-05', namespace: 'http://queue.amazonaws.com/doc/2012-11-05/' },
  sts: { version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
} as const;

/** `X-Amz-Target` prefix of each service's JSON protocol. */
export const JSON_TARGETS = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
} as const satisfies Record<string, ServiceName>;

/** Narrows the service of a credential scope to one that is emulated. */
export function isServiceName(name: string): name is ServiceName {
  return name === 'dynamodb' || Object.hasOwn(QUERY_APIS, name);
}
