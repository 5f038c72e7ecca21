import type { SignupEvent } from '#contracts';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { RoleCredentials } from '../aws/role-credentials.js';
import { untilAborted } from '../timing/until-aborted.js';
import { PublishError, toPublishError } from './publish-error.js';
import type { SignupTopic } from './signup.topic.js';

/** As in the sample application that this one goes back to; an e-mail subscription shows it. */
const SUBJECT = 'New user sign up!!!';

export class SnsSignupTopic implements SignupTopic, OnApplicationShutdown {
  constructor(
    private readonly client: SNSClient,
    private readonly credentials: RoleCredentials,
    private readonly topicArn: string,
  ) {}

  async publish(event: SignupEvent, signal: AbortSignal): Promise<string> {
    const command = new PublishCommand({
      TopicArn: this.topicArn,
      Subject: SUBJECT,
      Message: JSON.stringify(event),
    });
    const publishing = this.credentials.use(() => this.client.send(command, { abortSignal: signal }));
    try {
      const { MessageId } = await untilAborted(signal, publishing);
      if (!MessageId) throw new PublishError('failed', 'the topic answered without a message id');
      return MessageId;
    } catch (error) {
      throw toPublishError(error);
    }
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }
}
