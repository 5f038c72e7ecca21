import { signupEventSchema } from '#contracts';
import type { NotificationAccepted, SignupEvent } from '#contracts';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DescribeNotify } from './notifications.docs.js';
import { NotificationsService } from './notifications.service.js';

@ApiTags('notifications')
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
