const TYPE_WORDS: Readonly<Record<string, string>> = {
  client: 'Client',
  remote: 'Remote service',
  'AWS::ECS::Fargate': 'ECS Fargate',
  'AWS::ECS::Container': 'ECS container',
  'AWS::ECS::EC2': 'ECS on EC2',
  'AWS::EC2::Instance': 'EC2 instance',
  'AWS::EKS::Container': 'EKS container',
  'AWS::DynamoDB::Table': 'DynamoDB table',
  'AWS::SNS': 'SNS',
  'AWS::SQS::Queue': 'SQS queue',
  'AWS::Lambda': 'Lambda',
  'AWS::Lambda::Function': 'Lambda function',
  'AWS::S3::Bucket': 'S3 bucket',
};

/** What is written at a node for its name: a queue's URL is too long, and its last part is what people call it. */
export function shortName({ name, type }: { name: string; type: string }): string {
  if (type !== 'AWS::SQS::Queue' && !/^https?:\/\//.test(name)) return name;
  const last = name.split('/').findLast((part) => part !== '');
  return last ?? name;
}

/** `DynamoDB table`; a type that is not known is shown without its `AWS::`. */
export function typeWords(type: string): string {
  return TYPE_WORDS[type] ?? type.replace(/^AWS::/, '').replaceAll('::', ' ');
}
