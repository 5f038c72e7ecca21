/** Names of the resources; regions and endpoints are read by the SDK itself. */
export interface AwsSettings {
  tableName: string;
  topicArn: string;
  queueUrl: string;
}

export const AWS_SETTINGS = Symbol('AWS_SETTINGS');
