import { CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { Port } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import type { ImageSource } from './images.ts';
import { Network } from './network.ts';
import { NAMESPACE, NOTIFIER, SIGNUP_API, STACK_NAME } from './settings.ts';
import { SignupData } from './signup-data.ts';
import { TracedService } from './traced-service.ts';
import { WebEntry } from './web-entry.ts';
import { XrayResources } from './xray-resources.ts';

export interface SignupLabStackProps extends StackProps {
  images: (scope: Construct) => ImageSource;
}

/** The sign-up lab on ECS Fargate. `cdk destroy` removes all of it. */
export class SignupLabStack extends Stack {
  private readonly network: Network;
  private readonly data: SignupData;
  private readonly entry: WebEntry;

  constructor(scope: Construct, id: string, { images: createImages, ...props }: SignupLabStackProps) {
    super(scope, id, {
      ...props,
      stackName: STACK_NAME,
      // CloudFormation passes it on to everything that takes tags, so that the bill can be asked for it.
      tags: { project: STACK_NAME },
      description:
        'The sign-up lab: NestJS microservices on ECS Fargate, traced with OpenTelemetry for X-Ray',
    });
    const images = createImages(this);
    this.network = new Network(this, 'Network');
    this.data = new SignupData(this, 'Data');
    this.entry = new WebEntry(this, 'Web', this.network);
    const notifier = this.createNotifier(images);
    const signupApi = this.createSignupApi(images);
    this.entry.forwardTo(signupApi);
    notifier.securityGroup.connections.allowFrom(
      signupApi.securityGroup,
      Port.tcp(NOTIFIER.port),
      'signup-api',
    );
    // The page comes last: who opens it finds everything there.
    signupApi.service.node.addDependency(notifier.service);
    new XrayResources(this, 'XRay');
    new Alarms(this, 'Alarms', { data: this.data, entry: this.entry, notifierLog: notifier.logGroup });
    this.addOutputs();
  }

  private createNotifier(images: ImageSource): TracedService {
    return new TracedService(this, 'Notifier', {
      settings: NOTIFIER,
      network: this.network,
      images,
      isDiscoverable: true,
      environment: {
        SIGNUP_TABLE: this.data.table.tableName,
        SIGNUP_TOPIC_ARN: this.data.topic.topicArn,
        SIGNUP_QUEUE_URL: this.data.queue.queueUrl,
      },
    });
  }

  private createSignupApi(images: ImageSource): TracedService {
    return new TracedService(this, 'SignupApi', {
      settings: SIGNUP_API,
      network: this.network,
      images,
      isDiscoverable: false,
      environment: {
        SIGNUP_TABLE: this.data.table.tableName,
        NOTIFIER_URL: `http://${NOTIFIER.name}.${NAMESPACE}:${NOTIFIER.port}`,
        SERVICE_MAP_URL: this.serviceMapUrl(),
      },
    });
  }

  private serviceMapUrl(): string {
    return Fn.sub(
      'https://${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=${AWS::Region}#xray:service-map/map',
    );
  }

  private addOutputs(): void {
    const permission = (verb: string): string =>
      Fn.sub(
        `AWS_REGION=\${AWS::Region} npm run lab -- permission ${verb} sns:Publish --aws --role-name ${STACK_NAME}-${NOTIFIER.name}-\${AWS::Region}`,
      );
    const outputs: Record<string, [value: string, description: string]> = {
      PageUrl: [this.entry.url, 'The sign-up page'],
      ServiceMapUrl: [this.serviceMapUrl(), 'The service map of X-Ray'],
      TrafficCommand: [
        Fn.join('', ['npm run lab -- traffic --url ', this.entry.url]),
        'Two minutes of automated sign-ups',
      ],
      RevokeCommand: [permission('revoke'), 'Takes the right to publish away from the notifier'],
      GrantCommand: [permission('grant'), 'Gives it back'],
      RemoveCommand: [Fn.sub('AWS_REGION=${AWS::Region} npm run destroy'), 'Removes everything'],
    };
    for (const [id, [value, description]] of Object.entries(outputs)) {
      new CfnOutput(this, id, { value, description });
    }
  }
}
