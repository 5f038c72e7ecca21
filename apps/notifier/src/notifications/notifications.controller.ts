import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { signupEventSchema } from '#contracts';
import type { NotificationAccepted, SignupEvent } from '#contracts';
import { DescribeController } from '#nest-http';
import { DescribeNotify } from './notifications.docs.js';
import { NotificationsService } from './notifications.service.js';

@DescribeController('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Post()
  @HttpCode(202)
  @DescribeNotify()
  async create(@Body({ schema: signupEventSchema }) event: SignupEvent): Promise<NotificationAccepted> {
    return { messageId: await this.notifications.announce(event) };
  }
}
