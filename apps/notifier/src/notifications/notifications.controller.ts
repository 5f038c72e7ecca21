import { notificationAcceptedSchema, signupEventSchema } from '#contracts';
import type { NotificationAccepted, SignupEvent } from '#contracts';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../api-problem.js';
import { NotificationsService } from './notifications.service.js';

@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Announce a sign-up on the topic',
    description:
      'Fetches the credentials of its role if need be, then publishes. Credentials that SNS refuses as expired are ' +
      'fetched anew, once, and the publish is tried once more.',
  })
  @ApiResponse({
    status: 202,
    description: 'SNS has the message',
    standardSchema: notificationAcceptedSchema,
  })
  @ApiProblem(400, 'invalid-request: a field is missing or wrong, or the body is not JSON')
  @ApiProblem(413, 'payload-too-large')
  @ApiProblem(415, 'unsupported-media-type')
  @ApiProblem(502, 'not-authorized-to-publish or publish-failed: SNS refused')
  @ApiProblem(503, 'credentials-expired or credentials-missing: nothing to sign the publish with')
  @ApiProblem(504, 'topic-unreachable: SNS did not answer in time')
  async create(@Body({ schema: signupEventSchema }) event: SignupEvent): Promise<NotificationAccepted> {
    return { messageId: await this.notifications.announce(event) };
  }
}
