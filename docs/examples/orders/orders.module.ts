import { BadGatewayException, Controller, Module, Param, Post } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { currentTraceId, recordException } from '#telemetry';

const BILLING_URL = process.env['BILLING_URL'] ?? 'http://billing:8080';
const BILLING_TIMEOUT_MS = 2_000;

@Controller('orders')
export class OrdersController {
  @Post(':id')
  async place(@Param('id') id: string): Promise<{ id: string; cents: number; traceId: string | undefined }> {
    const cents = this.price(id);
    await this.charge(id);
    return { id, cents, traceId: currentTraceId() };
  }

  /** A subsegment of its own, and an annotation that filter expressions find: `annotation.basket_size = 3`. */
  private price(id: string): number {
    return trace.getTracer('orders').startActiveSpan('price the basket', (span) => {
      const basketSize = id.length;
      span.setAttributes({ basket_size: basketSize, 'aws.xray.annotations': ['basket_size'] });
      span.end();
      return basketSize * 100;
    });
  }

  /** The call shows as a subsegment by itself; only what went wrong is added. */
  private async charge(id: string): Promise<void> {
    try {
      await fetch(`${BILLING_URL}/charges/${id}`, {
        method: 'POST',
        signal: AbortSignal.timeout(BILLING_TIMEOUT_MS),
      });
    } catch (error) {
      recordException(error);
      throw new BadGatewayException('billing does not answer', { cause: error });
    }
  }
}

@Module({ controllers: [OrdersController] })
export class OrdersModule {}
